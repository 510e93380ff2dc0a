package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import org.apache.kafka.common.serialization.Serde;

/**
 * How far a source, or the monitor itself, has come.
 *
 * @param atMs event time, epoch milliseconds
 * @param spokenMs how far a source has come by what it said itself; of the monitor the same as {@code atMs}
 * @param ended its input has ended
 * @param sourceCount how many sources it knows of
 */
record SourcePosition(long atMs, long spokenMs, boolean ended, int sourceCount) {

    /** The key of the monitor's own position among those of its sources. */
    static final int MONITOR = -1;

    static final Serde<SourcePosition> SERDE =
            BinarySerde.of(2, (out, position) -> position.write(out), SourcePosition::read);

    private void write(BinaryOutput out) {
        out.signed(atMs).signed(spokenMs).flag(ended).unsigned(sourceCount);
    }

    private static SourcePosition read(BinaryInput in) {
        return new SourcePosition(in.signed(), in.signed(), in.flag(), (int) in.unsigned());
    }
}
