package io.mailflow.monitor;

import io.mailflow.monitor.QueueKey.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Recipients by exact instant, and in memory by minute. A count before an instant is the sum of the whole minutes
 * before it and of the exact entries of the minute that contains it, so it is exact to the millisecond without reading
 * the whole queue.
 *
 * <p>Changes are seen at once but written by {@link #flush}, summed; {@link #forget} drops them instead.
 */
final class QueueIndex {

    private static final long MINUTE_MS = 60_000;

    private final KeyValueStore<QueueKey, Long> store;
    private final TreeMap<QueueKey, Long> pending = new TreeMap<>();
    private final Map<Series, NavigableMap<Long, Long>> minutes = new HashMap<>();

    QueueIndex(KeyValueStore<QueueKey, Long> store) {
        this.store = store;
    }

    /** Adds recipients, or takes them away. */
    void add(Series series, long ms, long recipients) {
        if (recipients == 0) {
            return;
        }
        NavigableMap<Long, Long> histogram = histogram(series);
        addOrDrop(histogram, bucket(series, ms), recipients);
        addOrDrop(pending, new QueueKey(series, ms), recipients);
    }

    /** All recipients of a series. */
    long total(Series series) {
        return sum(histogram(series));
    }

    /** Recipients whose instant is before another. */
    long before(Series series, long ms) {
        NavigableMap<Long, Long> histogram = histogram(series);
        if (histogram.isEmpty()) {
            return 0;
        }
        long bucket = bucket(series, ms);
        long whole = sum(histogram.headMap(bucket, false));
        long start = bucketStart(series, bucket);
        return ms == start || !histogram.containsKey(bucket) ? whole : whole + sum(exact(series, start, ms - 1));
    }

    /** Recipients whose instant is another or before it. */
    long upTo(Series series, long ms) {
        return before(series, ms + 1);
    }

    /** The earliest instant of a series. */
    OptionalLong first(Series series) {
        for (long bucket : histogram(series).keySet()) {
            long start = bucketStart(series, bucket);
            for (Map.Entry<Long, Long> entry :
                    exact(series, start, start + MINUTE_MS - 1).entrySet()) {
                if (entry.getValue() > 0) {
                    return OptionalLong.of(entry.getKey());
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Writes the changes. */
    void flush() {
        pending.forEach((key, change) -> {
            Long stored = store.get(key);
            long count = (stored == null ? 0 : stored) + change;
            if (count == 0) {
                store.delete(key);
            } else {
                store.put(key, count);
            }
        });
        pending.clear();
    }

    /** Takes out everything of a series before an instant. */
    void drop(Series series, long beforeMs) {
        NavigableMap<Long, Long> histogram = histogram(series);
        while (!histogram.isEmpty() && bucketStart(series, histogram.firstKey()) < beforeMs) {
            long start = bucketStart(series, histogram.firstKey());
            long last = Math.min(start + MINUTE_MS, beforeMs) - 1;
            exact(series, start, last).forEach((ms, recipients) -> add(series, ms, -recipients));
            if (last < start + MINUTE_MS - 1) {
                return;
            }
        }
    }

    /** Drops unwritten changes. */
    void forget() {
        pending.clear();
        minutes.clear();
    }

    private NavigableMap<Long, Long> exact(Series series, long fromMs, long toMs) {
        QueueKey from = new QueueKey(series, fromMs);
        QueueKey to = new QueueKey(series, toMs);
        TreeMap<Long, Long> entries = new TreeMap<>();
        try (KeyValueIterator<QueueKey, Long> stored = store.range(from, to)) {
            stored.forEachRemaining(entry -> entries.put(entry.key.ms(), entry.value));
        }
        pending.subMap(from, true, to, true).forEach((key, change) -> addOrDrop(entries, key.ms(), change));
        return entries;
    }

    private NavigableMap<Long, Long> histogram(Series series) {
        NavigableMap<Long, Long> known = minutes.get(series);
        if (known == null) {
            NavigableMap<Long, Long> read = new TreeMap<>();
            exact(series, Long.MIN_VALUE, Long.MAX_VALUE)
                    .forEach((ms, recipients) -> addOrDrop(read, bucket(series, ms), recipients));
            minutes.put(series, read);
            return read;
        }
        return known;
    }

    private static long bucket(Series series, long ms) {
        return Math.floorDiv(ms - series.dimension().offsetMs(), MINUTE_MS);
    }

    private static long bucketStart(Series series, long bucket) {
        return bucket * MINUTE_MS + series.dimension().offsetMs();
    }

    private static long sum(Map<?, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) {
            sum += count;
        }
        return sum;
    }

    private static <K> void addOrDrop(Map<K, Long> counts, K key, long change) {
        long count = counts.getOrDefault(key, 0L) + change;
        if (count == 0) {
            counts.remove(key);
        } else {
            counts.put(key, count);
        }
    }
}
