package io.mailflow.serde;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
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
        // A second value behind the first would vanish, and a number for a word means whatever order the words have.
        ObjectReader reader = Json.MAPPER
                .readerFor(type)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        ObjectWriter writer = Json.MAPPER.writerFor(type);
        return Serdes.serdeFrom(
                (topic, value) -> {
                    try {
                        return value == null ? null : writer.writeValueAsBytes(value);
                    } catch (IOException e) {
                        throw new SerializationException("cannot write " + type.getSimpleName() + " as JSON", e);
                    }
                },
                (topic, bytes) -> {
                    try {
                        return bytes == null ? null : reader.readValue(bytes);
                    } catch (IOException e) {
                        throw new SerializationException(
                                "not a " + type.getSimpleName() + " in JSON: " + e.getMessage(), e);
                    }
                });
    }
}
