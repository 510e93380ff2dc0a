package io.mailflow.monitor;

import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Recipients by exact instant, and in memory by minute. A count before an instant is the sum of the whole minutes
 * before it and of the exact entries of the minute that contains it, so it is exact to the millisecond without reading
 * the whole queue.
 *
 * <p>Changes are seen at once but written by {@link #flush}, summed; {@link #forget} drops them instead.
 */
final class QueueIndex {

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final KeyValueStore<QueueKey, Long> store;
    private final TreeMap<QueueKey, Long> pending = new TreeMap<>();
    private final Map<Series, Profile> profiles = new HashMap<>();

    QueueIndex(KeyValueStore<QueueKey, Long> store) {
        this.store = store;
    }

    /** What is known of a series in memory. */
    private static final class Profile {
        private final Histogram histogram = new Histogram();

        /** The earliest instant, null if it must be looked up. */
        private @Nullable OptionalLong first;

        void add(long minute, long ms, long recipients) {
            histogram.add(minute, recipients);
            if (first != null && (first.isEmpty() || ms <= first.getAsLong())) {
                first = null;
            }
        }
    }

    /** Adds recipients, or takes them away. */
    void add(Series series, long ms, long recipients) {
        if (recipients == 0) {
            return;
        }
        profile(series).add(bucket(series, ms), ms, recipients);
        addOrDrop(pending, new QueueKey(series, ms), recipients);
    }

    /** All recipients of a series. */
    long total(Series series) {
        return profile(series).histogram.total();
    }

    /** Recipients whose instant is before another. */
    long before(Series series, long ms) {
        Histogram histogram = profile(series).histogram;
        long bucket = bucket(series, ms);
        long whole = histogram.before(bucket);
        long start = bucketStart(series, bucket);
        return ms == start || !histogram.has(bucket)
                ? whole
                : whole
                        + exact(series, start, ms - 1).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
    }

    /** Recipients whose instant is another or before it. */
    long upTo(Series series, long ms) {
        return before(series, ms + 1);
    }

    /** Recipients by the whole hour after whose start, up to and including its end, their deadline is; hours with any. */
    SortedMap<Instant, Long> deadlinesByHour(CodeKey key) {
        TreeMap<Instant, Long> hours = new TreeMap<>();
        // A minute of this dimension, and so sixty of them, includes its end and not its start.
        profile(new Series(key, Dimension.DEADLINE))
                .histogram
                .byHour()
                .forEach((hour, recipients) -> hours.put(Instant.ofEpochMilli(hour * HOUR_MS), recipients));
        return hours;
    }

    /** The earliest instant of a series. */
    OptionalLong first(Series series) {
        Profile profile = profile(series);
        OptionalLong first = profile.first;
        if (first == null) {
            first = findFirst(series, profile.histogram);
            profile.first = first;
        }
        return first;
    }

    private OptionalLong findFirst(Series series, Histogram histogram) {
        OptionalLong bucket = histogram.firstFrom(Long.MIN_VALUE);
        while (bucket.isPresent()) {
            long start = bucketStart(series, bucket.getAsLong());
            for (Map.Entry<Long, Long> entry :
                    exact(series, start, start + MINUTE_MS - 1).entrySet()) {
                if (entry.getValue() > 0) {
                    return OptionalLong.of(entry.getKey());
                }
            }
            bucket = histogram.firstFrom(bucket.getAsLong() + 1);
        }
        return OptionalLong.empty();
    }

    /** Takes out everything of a series before an instant. */
    void drop(Series series, long beforeMs) {
        Histogram histogram = profile(series).histogram;
        OptionalLong bucket = histogram.firstFrom(Long.MIN_VALUE);
        while (bucket.isPresent() && bucketStart(series, bucket.getAsLong()) < beforeMs) {
            long start = bucketStart(series, bucket.getAsLong());
            exact(series, start, Math.min(start + MINUTE_MS, beforeMs) - 1)
                    .forEach((ms, recipients) -> add(series, ms, -recipients));
            bucket = histogram.firstFrom(bucket.getAsLong() + 1);
        }
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

    /** Drops unwritten changes. */
    void forget() {
        pending.clear();
        profiles.clear();
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

    private Profile profile(Series series) {
        Profile known = profiles.get(series);
        if (known == null) {
            known = new Profile();
            for (Map.Entry<Long, Long> entry :
                    exact(series, Long.MIN_VALUE, Long.MAX_VALUE).entrySet()) {
                known.histogram.add(bucket(series, entry.getKey()), entry.getValue());
            }
            profiles.put(series, known);
        }
        return known;
    }

    private static long bucket(Series series, long ms) {
        return Math.floorDiv(ms - series.dimension().offsetMs(), MINUTE_MS);
    }

    private static long bucketStart(Series series, long bucket) {
        return bucket * MINUTE_MS + series.dimension().offsetMs();
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
