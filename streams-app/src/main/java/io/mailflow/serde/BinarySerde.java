package io.mailflow.serde;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Values of one type in the compact binary form, the first byte telling the version of the form. */
public final class BinarySerde {

    private BinarySerde() {}

    /**
     * A serde for values.
     *
     * @param version written in front and required when reading
     */
    public static <T> Serde<T> of(int version, BiConsumer<BinaryOutput, T> write, Function<BinaryInput, T> read) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    if (value == null) {
                        return null;
                    }
                    BinaryOutput output = new BinaryOutput().octet(version);
                    write.accept(output, value);
                    return output.toBytes();
                },
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    BinaryInput input = new BinaryInput(bytes);
                    int found = input.octet();
                    if (found != version) {
                        throw new OtherFormException(found, version);
                    }
                    return read.apply(input);
                });
    }

    /** A serde for keys, without a version byte, so that their order is the order of their first field. */
    public static <T> Serde<T> key(BiConsumer<BinaryOutput, T> write, Function<BinaryInput, T> read) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    if (value == null) {
                        return null;
                    }
                    BinaryOutput output = new BinaryOutput();
                    write.accept(output, value);
                    return output.toBytes();
                },
                (topic, bytes) -> bytes == null ? null : read.apply(new BinaryInput(bytes)));
    }
}
