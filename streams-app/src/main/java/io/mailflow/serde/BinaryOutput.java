package io.mailflow.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the compact binary form: variable-length integers (zigzag where signed) and length-prefixed UTF-8. */
public final class BinaryOutput {

    private byte[] buffer = new byte[128];
    private int size;

    /** An unsigned integer in groups of seven bits, least significant first. */
    public BinaryOutput unsigned(long value) {
        ensure(10);
        while ((value & ~0x7FL) != 0) {
            buffer[size++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        buffer[size++] = (byte) value;
        return this;
    }

    /** A signed integer, small in size where it is small in magnitude. */
    public BinaryOutput signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** Eight bytes, most significant first, so that keys of non-negative numbers sort as the numbers do. */
    public BinaryOutput fixed(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** One byte. */
    public BinaryOutput octet(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** A truth value in one byte. */
    public BinaryOutput flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** A string with its length in bytes in front. */
    public BinaryOutput text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A string or null. */
    public BinaryOutput optionalText(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    /** Bytes with their number in front. */
    public BinaryOutput bytes(byte[] value) {
        unsigned(value.length);
        return raw(value);
    }

    /** Bytes as they are. */
    public BinaryOutput raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    /** Elements with their number in front. */
    public <T> BinaryOutput list(Collection<T> values, BiConsumer<BinaryOutput, T> element) {
        unsigned(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    /** What was written so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
