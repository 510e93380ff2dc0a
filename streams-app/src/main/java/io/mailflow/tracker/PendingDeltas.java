package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.ExpirySum;
import io.mailflow.tracker.ConnectorDelta.QueueSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sums that wait to cross to the monitor, one row each in a logged store, so that a connector that takes most of
 * the traffic costs one record per flush and nothing is lost when the task moves.
 */
final class PendingDeltas {

    /**
     * A delta that would be larger, in bytes, is sent in parts; sums do not mind. A record on a topic has a limit, by
     * default of 1 MiB, and one row, however long its names are, is far below the rest of that.
     */
    static final int LARGEST_DELTA = 256 << 10;

    /** What a row takes at most beside its code and its value. */
    private static final int ROW_OVERHEAD = 40;

    /** Destinations sampled per connector, code and minute. */
    private static final int SAMPLE_SLOTS = 8;

    private final KeyValueStore<Key, byte[]> store;
    private final int source;

    PendingDeltas(KeyValueStore<Key, byte[]> store, int source) {
        this.store = store;
        this.source = source;
    }

    /** What a row sums. */
    enum Kind {
        ATTEMPTS('A'),
        QUEUED('Q'),
        EXPIRED('X'),
        QUEUED_MESSAGES('M'),
        SAMPLE('S');

        private final char form;

        Kind(char form) {
            this.form = form;
        }

        private static Kind of(int form) {
            for (Kind kind : values()) {
                if (kind.form == form) {
                    return kind;
                }
            }
            throw new SerializationException("unknown kind of sum: " + form);
        }
    }

    /**
     * A row.
     *
     * @param minute the evaluation minute it counts for
     * @param connector the connector
     * @param kind what it sums
     * @param code the code, empty where it has none
     * @param first window, first deferral, expiry or sample slot
     * @param second deadline
     */
    record Key(long minute, ConnectorKey connector, Kind kind, String code, long first, long second) {

        static final Serde<Key> SERDE = BinarySerde.key(
                (out, key) -> {
                    out.fixed(key.minute);
                    key.connector.write(out);
                    out.octet(key.kind.form).text(key.code).signed(key.first).signed(key.second);
                },
                in -> new Key(
                        in.fixed(), ConnectorKey.read(in), Kind.of(in.octet()), in.text(), in.signed(), in.signed()));
    }

    void addAttempts(long minute, ConnectorKey connector, String code, long atMs, AttemptCounts counts) {
        Key key = new Key(minute, connector, Kind.ATTEMPTS, code, Windows.startOf(atMs, Windows.FIVE_MINUTES_MS), 0);
        byte[] before = store.get(key);
        AttemptCounts sum = before == null
                ? counts
                : AttemptCounts.read(new BinaryInput(before)).plus(counts);
        // What came to nothing may still tell of a newer instant, and does if it crosses in two flushes.
        if (sum.equals(AttemptCounts.NONE)) {
            store.delete(key);
            return;
        }
        BinaryOutput out = new BinaryOutput();
        sum.write(out);
        store.put(key, out.toBytes());
    }

    void addQueued(long minute, ConnectorKey connector, String code, long sinceMs, long deadlineMs, long recipients) {
        add(new Key(minute, connector, Kind.QUEUED, code, sinceMs, deadlineMs), recipients);
    }

    void addExpired(long minute, ConnectorKey connector, String code, long atMs, long recipients) {
        add(new Key(minute, connector, Kind.EXPIRED, code, atMs, 0), recipients);
    }

    void addQueuedMessages(long minute, ConnectorKey connector, long messages) {
        add(new Key(minute, connector, Kind.QUEUED_MESSAGES, "", 0, 0), messages);
    }

    private void add(Key key, long change) {
        byte[] before = store.get(key);
        long sum = (before == null ? 0 : new BinaryInput(before).signed()) + change;
        if (sum == 0) {
            store.delete(key);
        } else {
            store.put(key, new BinaryOutput().signed(sum).toBytes());
        }
    }

    /**
     * Keeps the destination as evidence, in one of a few slots: a destination seen again counts up, another one counts
     * the holder down and takes the slot at zero, so that the frequent ones stay.
     */
    void addSample(long minute, ConnectorKey connector, FailureSample sample) {
        long slot = Math.floorMod(Objects.hash(sample.host(), sample.ip()), SAMPLE_SLOTS);
        Key key = new Key(minute, connector, Kind.SAMPLE, sample.code(), slot, 0);
        byte[] before = store.get(key);
        FailureSample kept = before == null ? null : FailureSample.read(new BinaryInput(before));
        BinaryOutput out = new BinaryOutput();
        FailureSample.write(out, kept == null ? sample : contest(kept, sample));
        store.put(key, out.toBytes());
    }

    private static FailureSample contest(FailureSample holder, FailureSample challenger) {
        if (Objects.equals(holder.host(), challenger.host()) && Objects.equals(holder.ip(), challenger.ip())) {
            return challenger.withAttempts(holder.attempts() + challenger.attempts());
        }
        return holder.attempts() > 1 ? holder.withAttempts(holder.attempts() - 1) : challenger;
    }

    /** Hands over everything that waits, by minute and connector, and forgets it. */
    void drain(Consumer<ConnectorDelta> receiver) {
        List<Key> drained = new ArrayList<>();
        Rows rows = null;
        try (KeyValueIterator<Key, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Key, byte[]> row = all.next();
                drained.add(row.key);
                if (rows == null || !rows.takes(row.key, row.value)) {
                    deliver(rows, receiver);
                    rows = new Rows(row.key.minute, row.key.connector);
                }
                rows.add(row.key, row.value);
            }
        }
        deliver(rows, receiver);
        drained.forEach(store::delete);
    }

    private void deliver(@Nullable Rows rows, Consumer<ConnectorDelta> receiver) {
        if (rows != null) {
            receiver.accept(rows.toDelta(source));
        }
    }

    /** The rows of one delta in the making. */
    private static final class Rows {
        private final long minute;
        private final ConnectorKey connector;
        private final List<AttemptSum> attempts = new ArrayList<>();
        private final List<QueueSum> queued = new ArrayList<>();
        private final List<ExpirySum> expired = new ArrayList<>();
        private final List<FailureSample> samples = new ArrayList<>();
        private long queuedMessages;
        private int bytes;

        Rows(long minute, ConnectorKey connector) {
            this.minute = minute;
            this.connector = connector;
        }

        boolean takes(Key key, byte[] value) {
            return key.minute == minute && key.connector.equals(connector) && bytes + size(key, value) <= LARGEST_DELTA;
        }

        private static int size(Key key, byte[] value) {
            return ROW_OVERHEAD + key.code.length() + value.length;
        }

        void add(Key key, byte[] bytesOfValue) {
            bytes += size(key, bytesOfValue);
            BinaryInput value = new BinaryInput(bytesOfValue);
            switch (key.kind) {
                case ATTEMPTS -> attempts.add(new AttemptSum(key.code, key.first, AttemptCounts.read(value)));
                case QUEUED -> queued.add(new QueueSum(key.code, key.first, key.second, value.signed()));
                case EXPIRED -> expired.add(new ExpirySum(key.code, key.first, value.signed()));
                case QUEUED_MESSAGES -> queuedMessages += value.signed();
                case SAMPLE -> samples.add(FailureSample.read(value));
            }
        }

        ConnectorDelta toDelta(int source) {
            return new ConnectorDelta(source, minute, connector, attempts, queued, expired, queuedMessages, samples);
        }
    }
}
