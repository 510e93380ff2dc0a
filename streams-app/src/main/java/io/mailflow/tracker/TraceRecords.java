package io.mailflow.tracker;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.JsonSerde;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Values of {@code mailflow.trace-events}, checked: what any log shipper may write, nothing is taken on trust. */
public final class TraceRecords {

    private TraceRecords() {}

    /**
     * The serde; its deserializer throws {@link SerializationException} with the reason for a record that is no event,
     * so that it becomes a dead letter.
     */
    public static Serde<TraceRecord> serde() {
        Serde<TraceRecord> json = JsonSerde.of(TraceRecord.class);
        return Serdes.serdeFrom(
                json.serializer(), (topic, bytes) -> checked(json.deserializer().deserialize(topic, bytes)));
    }

    private static TraceRecord checked(@Nullable TraceRecord value) {
        if (value == null) {
            throw new SerializationException("empty value: an event, a progress mark or an end mark is expected");
        }
        if (value instanceof MessageTraceEvent event) {
            require(event.tenant(), "tenant");
            require(event.timestamp(), "timestamp");
            require(event.event(), "event");
            if (event.event() != EventClass.OTHER) {
                require(event.recipient(), "recipient");
                if (RecipientKey.of(event).isEmpty()) {
                    throw new SerializationException(
                            "no message identity: networkMessageId, messageId or internalMessageId is needed");
                }
            }
        }
        return value;
    }

    private static void require(@Nullable Object value, String field) {
        if (value == null) {
            throw new SerializationException("field " + field + " is missing");
        }
    }
}
