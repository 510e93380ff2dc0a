package io.mailflow.tracker;

import io.mailflow.serde.BinarySerde;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** When each remembered recipient has to be looked at: an index by due time, so that nobody scans all messages. */
final class Timers {

    private static final Key LAST = Key.before(Long.MAX_VALUE);

    private final KeyValueStore<Key, byte[]> store;

    /** No timer is due before this; spares a look into the store for almost every event. */
    private long earliestMs;

    Timers(KeyValueStore<Key, byte[]> store) {
        this.store = store;
    }

    /** A due time and whom it is for. */
    record Key(long dueMs, RecipientKey recipient) {

        private static final RecipientKey FIRST = new RecipientKey(new RecipientKey.MessageKey("", ""), "");

        static final Serde<Key> SERDE = BinarySerde.key(
                (out, key) -> {
                    out.fixed(key.dueMs);
                    key.recipient.write(out);
                },
                in -> new Key(in.fixed(), RecipientKey.read(in)));

        /** Sorts before every timer due at {@code ms}. */
        static Key before(long ms) {
            return new Key(ms, FIRST);
        }
    }

    void set(long dueMs, RecipientKey recipient) {
        store.put(new Key(dueMs, recipient), new byte[0]);
        earliestMs = Math.min(earliestMs, dueMs);
    }

    void cancel(long dueMs, RecipientKey recipient) {
        store.delete(new Key(dueMs, recipient));
    }

    /** What a timer does. */
    interface Due {
        void at(long dueMs, RecipientKey recipient);
    }

    /**
     * Runs what is due up to {@code nowMs}, earliest first, at most {@code budget} timers.
     *
     * @return up to when everything due has run: {@code nowMs}, or earlier if the budget ran out
     */
    long run(long nowMs, int budget, Due due) {
        for (int done = 0; earliestMs <= nowMs; done++) {
            Key next = next();
            if (next == null || next.dueMs > nowMs) {
                earliestMs = next == null ? Long.MAX_VALUE : next.dueMs;
                return nowMs;
            }
            if (done == budget) {
                return next.dueMs - 1;
            }
            store.delete(next);
            // Nothing is left before it, so that the next look need not go over what was deleted.
            earliestMs = next.dueMs;
            due.at(next.dueMs, next.recipient);
        }
        return nowMs;
    }

    /** Read one at a time, for what runs may set a timer that is due before the next one. */
    private @Nullable Key next() {
        try (KeyValueIterator<Key, byte[]> range = store.range(Key.before(Math.max(0, earliestMs)), LAST)) {
            return range.hasNext() ? range.next().key : null;
        }
    }
}
