package io.mailflow.serde;

import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Values of one type as JSON. */
public final class JsonSerde {

    private JsonSerde() {}

    /**
     * A serde of {@code type}; null is a tombstone both ways.
     *
     * @throws SerializationException from the deserializer, for bytes that are not JSON of that type
     */
    public static <T> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    try {
                        return value == null
                                ? null
                                : Json.MAPPER.writerFor(type).writeValueAsBytes(value);
                    } catch (IOException e) {
                        throw new SerializationException("cannot write " + type.getSimpleName() + " as JSON", e);
                    }
                },
                (topic, bytes) -> {
                    try {
                        return bytes == null ? null : Json.MAPPER.readValue(bytes, type);
                    } catch (IOException e) {
                        throw new SerializationException(
                                "not a " + type.getSimpleName() + " in JSON: " + e.getMessage(), e);
                    }
                });
    }
}
