package io.mailflow.serde;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryOutput} wrote. Every method throws {@link SerializationException} past the end. */
public final class BinaryInput {

    private final byte[] buffer;
    private int position;

    public BinaryInput(byte[] buffer) {
        this.buffer = buffer;
    }

    /** See {@link BinaryOutput#unsigned}. */
    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new SerializationException("malformed integer at byte " + position);
    }

    /** See {@link BinaryOutput#signed}. */
    public long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** See {@link BinaryOutput#fixed}. */
    public long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (next() & 0xFF);
        }
        return value;
    }

    /** One byte. */
    public int octet() {
        return next() & 0xFF;
    }

    /** A truth value. */
    public boolean flag() {
        return next() != 0;
    }

    /** A string. */
    public String text() {
        int length = length();
        String value = new String(buffer, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** A string or null. */
    public @Nullable String optionalText() {
        return flag() ? text() : null;
    }

    /** Bytes with their number in front. */
    public byte[] bytes() {
        int length = length();
        byte[] value = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return value;
    }

    /** All bytes that are left. */
    public byte[] rest() {
        byte[] value = Arrays.copyOfRange(buffer, position, buffer.length);
        position = buffer.length;
        return value;
    }

    /** Elements with their number in front. */
    public <T> List<T> list(Function<BinaryInput, T> element) {
        int count = length();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(element.apply(this));
        }
        return values;
    }

    private int length() {
        long length = unsigned();
        if (length < 0 || length > buffer.length - position) {
            throw new SerializationException("length " + length + " at byte " + position + " runs past the end");
        }
        return (int) length;
    }

    private byte next() {
        if (position >= buffer.length) {
            throw new SerializationException("value ends at byte " + position);
        }
        return buffer[position++];
    }
}
