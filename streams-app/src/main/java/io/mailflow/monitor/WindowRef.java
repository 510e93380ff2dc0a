package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import java.time.Duration;
import java.util.Comparator;

/**
 * One window of one (connector, code).
 *
 * @param key the connector and code
 * @param size its size
 * @param startMs its first instant, epoch milliseconds
 */
record WindowRef(CodeKey key, WindowSize size, long startMs) implements Comparable<WindowRef> {

    private static final Comparator<WindowRef> ORDER = Comparator.comparingLong(WindowRef::endMs)
            .thenComparing(WindowRef::size)
            .thenComparing(WindowRef::key);

    /** First instant after it, epoch milliseconds. */
    long endMs() {
        return startMs + size.sizeMs();
    }

    /** From when on no event can enter it any more. */
    long finalMs(Duration lateness) {
        return endMs() + lateness.toMillis();
    }

    void write(BinaryOutput out) {
        out.octet(size.number()).signed(startMs);
        key.write(out);
    }

    static WindowRef read(BinaryInput in) {
        WindowSize size = WindowSize.numbered(in.octet());
        long startMs = in.signed();
        return new WindowRef(CodeKey.read(in), size, startMs);
    }

    @Override
    public int compareTo(WindowRef other) {
        return ORDER.compare(this, other);
    }
}
