package io.mailflow.serde;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import java.io.IOException;

/**
 * The kinds of {@link io.mailflow.schema.TraceRecord}. A record without a kind is an event; a kind nobody knows is an
 * error, where Jackson by itself would take it for an event too.
 */
final class RecordKinds extends TypeIdResolverBase {

    /** Put over the annotations of {@code TraceRecord}, which sees no Jackson but its annotations. */
    @JsonTypeInfo(
            use = JsonTypeInfo.Id.CUSTOM,
            property = "record",
            defaultImpl = MessageTraceEvent.class,
            include = JsonTypeInfo.As.PROPERTY)
    @JsonTypeIdResolver(RecordKinds.class)
    interface Annotations {}

    @Override
    public JavaType typeFromId(DatabindContext context, String id) throws IOException {
        Class<?> type = switch (id) {
            case "event" -> MessageTraceEvent.class;
            case "progress" -> ProgressMark.class;
            case "end" -> EndOfInput.class;
            default ->
                throw ((DeserializationContext) context)
                        .weirdStringException(id, MessageTraceEvent.class, "\"record\" is event, progress or end");
        };
        return context.constructType(type);
    }

    @Override
    public String idFromValue(Object value) {
        return idFromValueAndType(value, value.getClass());
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> type) {
        if (type == ProgressMark.class) {
            return "progress";
        }
        return type == EndOfInput.class ? "end" : "event";
    }

    @Override
    public String getDescForKnownTypeIds() {
        return "event, progress, end";
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }
}
