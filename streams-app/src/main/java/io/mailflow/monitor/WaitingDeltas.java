package io.mailflow.monitor;

import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.TrackerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Deltas that wait for their minute. */
final class WaitingDeltas {

    private final KeyValueStore<Key, TrackerMessage> store;

    WaitingDeltas(KeyValueStore<Key, TrackerMessage> store) {
        this.store = store;
    }

    /**
     * A delta's place; serialized keys are in the order of minutes, then of connectors.
     *
     * @param minute the minute at whose evaluation it counts first, as minutes since the epoch
     * @param connector the connector
     * @param offset its offset in the repartition topic, which no other delta of this task has
     */
    record Key(long minute, ConnectorKey connector, long offset) {

        static final Serde<Key> SERDE = BinarySerde.key(
                (out, key) -> {
                    out.fixed(key.minute ^ Long.MIN_VALUE);
                    key.connector.write(out);
                    out.unsigned(key.offset);
                },
                in -> new Key(in.fixed() ^ Long.MIN_VALUE, ConnectorKey.read(in), in.unsigned()));
    }

    /**
     * Deltas taken out to be counted.
     *
     * @param keys where they are stored
     * @param byMinute the deltas by minute and connector
     */
    record Taken(List<Key> keys, SortedMap<Long, SortedMap<ConnectorKey, List<ConnectorDelta>>> byMinute) {}

    /**
     * Lets a delta wait.
     *
     * @param nextMinute the next minute that will be evaluated; a delta for an earlier one waits for it instead
     */
    void put(ConnectorDelta delta, long nextMinute, long offset) {
        store.put(new Key(Math.max(delta.minute(), nextMinute), delta.connector(), offset), delta);
    }

    /** Everything that waits for these minutes, both included. It goes on waiting until it is removed. */
    Taken between(long firstMinute, long lastMinute) {
        List<Key> keys = new ArrayList<>();
        SortedMap<Long, SortedMap<ConnectorKey, List<ConnectorDelta>>> byMinute = new TreeMap<>();
        try (KeyValueIterator<Key, TrackerMessage> waiting = store.range(first(firstMinute), null)) {
            while (waiting.hasNext()) {
                KeyValue<Key, TrackerMessage> next = waiting.next();
                if (next.key.minute > lastMinute) {
                    break;
                }
                keys.add(next.key);
                byMinute.computeIfAbsent(next.key.minute, minute -> new TreeMap<>())
                        .computeIfAbsent(next.key.connector, connector -> new ArrayList<>())
                        .add((ConnectorDelta) next.value);
            }
        }
        return new Taken(keys, byMinute);
    }

    void remove(List<Key> keys) {
        keys.forEach(store::delete);
    }

    /** Sorts before every delta of the minute. */
    private static Key first(long minute) {
        return new Key(minute, new ConnectorKey("", ""), 0);
    }
}
