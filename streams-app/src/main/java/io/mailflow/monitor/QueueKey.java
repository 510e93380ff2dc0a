package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import java.util.Comparator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * One instant of one series of recipients. Serialized keys of one series are adjacent and in the order of time.
 *
 * @param series the recipients
 * @param ms the instant, epoch milliseconds
 */
record QueueKey(Series series, long ms) implements Comparable<QueueKey> {

    static final Serde<QueueKey> SERDE = BinarySerde.key(QueueKey::write, QueueKey::read);

    private static final Comparator<QueueKey> ORDER =
            Comparator.comparing(QueueKey::series).thenComparingLong(QueueKey::ms);

    /** Which instant of a recipient a series goes by. */
    enum Dimension {
        /** Queued recipients by when they expire; counted up to an instant, inclusive. */
        DEADLINE('d', 1),
        /** Queued recipients by first deferral; counted before an instant. */
        SINCE('s', 0),
        /** Recipients given up, by when; counted up to an instant, inclusive. Forgotten after a while. */
        EXPIRED('x', 1);

        private final char letter;
        private final long offsetMs;

        Dimension(char letter, long offsetMs) {
            this.letter = letter;
            this.offsetMs = offsetMs;
        }

        /** The first millisecond of a minute's bucket: the counts asked for at whole minutes are whole buckets. */
        long offsetMs() {
            return offsetMs;
        }

        private static Dimension of(int letter) {
            for (Dimension dimension : values()) {
                if (dimension.letter == letter) {
                    return dimension;
                }
            }
            throw new SerializationException("unknown dimension of the queue: " + letter);
        }
    }

    /** Recipients of one (connector, code), by one of their instants. */
    record Series(CodeKey key, Dimension dimension) implements Comparable<Series> {

        private static final Comparator<Series> ORDER =
                Comparator.comparing(Series::key).thenComparing(Series::dimension);

        @Override
        public int compareTo(Series other) {
            return ORDER.compare(this, other);
        }
    }

    private static void write(BinaryOutput out, QueueKey key) {
        key.series.key().write(out);
        out.octet(key.series.dimension().letter);
        // The sign is turned so that instants before the epoch sort before those after it.
        out.fixed(key.ms ^ Long.MIN_VALUE);
    }

    private static QueueKey read(BinaryInput in) {
        CodeKey key = CodeKey.read(in);
        Dimension dimension = Dimension.of(in.octet());
        return new QueueKey(new Series(key, dimension), in.fixed() ^ Long.MIN_VALUE);
    }

    @Override
    public int compareTo(QueueKey other) {
        return ORDER.compare(this, other);
    }
}
