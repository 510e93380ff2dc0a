package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a record on {@code mailflow.trace-events} holds: an event, or a mark about the source partition itself. A value
 * without a {@code record} field is an event, so that a log shipper need not know of marks.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "record",
        defaultImpl = MessageTraceEvent.class,
        include = JsonTypeInfo.As.PROPERTY)
@JsonSubTypes({
    @JsonSubTypes.Type(value = MessageTraceEvent.class, name = "event"),
    @JsonSubTypes.Type(value = ProgressMark.class, name = "progress"),
    @JsonSubTypes.Type(value = EndOfInput.class, name = "end")
})
public sealed interface TraceRecord permits MessageTraceEvent, ProgressMark, EndOfInput {}
