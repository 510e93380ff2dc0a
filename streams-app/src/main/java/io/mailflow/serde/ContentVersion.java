package io.mailflow.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mailflow.schema.Sha256;
import org.apache.kafka.common.errors.SerializationException;

/** Tells versions of a value apart by what they say. */
public final class ContentVersion {

    private static final int BYTES = 8;

    /** Maps have no order of their own, and another one on every start. */
    private static final ObjectWriter WRITER = Json.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private ContentVersion() {}

    /**
     * Hex of the first 8 bytes of SHA-256 over the value's JSON with the keys of maps in order: equal values have equal
     * versions on every machine.
     *
     * @throws SerializationException if the value cannot be written as JSON
     */
    public static String of(Object value) {
        try {
            return Sha256.hex(WRITER.writeValueAsBytes(value), BYTES);
        } catch (JsonProcessingException e) {
            throw new SerializationException("cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }
}
