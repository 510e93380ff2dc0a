package io.mailflow.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One connector in one hour, aligned to the epoch, half-open.
 *
 * @param start first instant
 * @param delivered attempts that succeeded
 * @param failed attempts that failed, all codes
 * @param messages distinct messages among the failed attempts
 * @param failedByCode attempts that failed, by code
 */
public record HourWindow(
        Instant start, long delivered, long failed, long messages, SortedMap<String, Long> failedByCode) {

    /** Its size. */
    public static final Duration SIZE = Duration.ofHours(1);

    public HourWindow {
        failedByCode = Collections.unmodifiableSortedMap(new TreeMap<>(failedByCode));
    }

    /** First instant after it. */
    public Instant end() {
        return start.plus(SIZE);
    }

    /** The attempts of this hour and a later one; messages do not add up. */
    Traffic with(HourWindow later) {
        TreeMap<String, Long> both = new TreeMap<>(failedByCode);
        later.failedByCode.forEach((code, attempts) -> both.merge(code, attempts, Long::sum));
        return new Traffic(start, later.end(), delivered + later.delivered, both);
    }
}
