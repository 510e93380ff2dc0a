package io.mailflow.monitor;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by minute, and by 60 minutes so that a long sum takes few steps. A count of nothing has no entry, so the first
 * entry is the first minute with anything in it.
 */
final class Histogram {

    private static final long COARSE = 60;

    private final NavigableMap<Long, Long> minutes = new TreeMap<>();
    private final NavigableMap<Long, Long> coarse = new TreeMap<>();
    private long total;

    void add(long minute, long change) {
        addOrDrop(minutes, minute, change);
        addOrDrop(coarse, Math.floorDiv(minute, COARSE), change);
        total += change;
    }

    /** Everything. */
    long total() {
        return total;
    }

    /** Whether anything is counted in the minute. */
    boolean has(long minute) {
        return minutes.containsKey(minute);
    }

    /** All minutes before one. */
    long before(long minute) {
        if (minutes.isEmpty() || minute <= minutes.firstKey()) {
            return 0;
        }
        if (minute > minutes.lastKey()) {
            return total;
        }
        long block = Math.floorDiv(minute, COARSE);
        return sum(coarse.headMap(block, false)) + sum(minutes.subMap(block * COARSE, true, minute, false));
    }

    /** The counts of 60 minutes each, by the first minute divided by 60; those with anything in them. */
    SortedMap<Long, Long> byHour() {
        return Collections.unmodifiableSortedMap(coarse);
    }

    /** The first minute with anything in it that is a given one or later. */
    OptionalLong firstFrom(long minute) {
        Long first = minutes.ceilingKey(minute);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    private static long sum(NavigableMap<Long, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) {
            sum += count;
        }
        return sum;
    }

    private static void addOrDrop(NavigableMap<Long, Long> counts, long key, long change) {
        long count = counts.getOrDefault(key, 0L) + change;
        if (count == 0) {
            counts.remove(key);
        } else {
            counts.put(key, count);
        }
    }
}
