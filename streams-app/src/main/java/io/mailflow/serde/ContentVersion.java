package io.mailflow.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
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
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(WRITER.writeValueAsBytes(value));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (JsonProcessingException e) {
            throw new SerializationException("cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }
}
