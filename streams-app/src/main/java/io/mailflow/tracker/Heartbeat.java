package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;

/**
 * How far a source has come. Sent to every partition of the repartition topic, after all sums it covers.
 *
 * @param source partition of {@code mailflow.trace-events}
 * @param sourceCount number of its partitions
 * @param progressMs event time up to which everything of this source has been emitted, epoch milliseconds
 * @param ended the source's end-of-input marker was read; {@code progressMs} is the final clock
 * @param spokenMs how far the source had come by what it said itself, before a marker ended it
 */
public record Heartbeat(int source, int sourceCount, long progressMs, boolean ended, long spokenMs)
        implements TrackerMessage {

    /** Of a source that came so far by what it said itself. */
    public Heartbeat(int source, int sourceCount, long progressMs, boolean ended) {
        this(source, sourceCount, progressMs, ended, progressMs);
    }

    void write(BinaryOutput out) {
        out.unsigned(source)
                .unsigned(sourceCount)
                .signed(progressMs)
                .flag(ended)
                .signed(spokenMs);
    }

    static Heartbeat read(BinaryInput in) {
        return new Heartbeat((int) in.unsigned(), (int) in.unsigned(), in.signed(), in.flag(), in.signed());
    }
}
