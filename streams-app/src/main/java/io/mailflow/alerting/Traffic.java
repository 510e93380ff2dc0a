package io.mailflow.alerting;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Attempts of one connector in {@code [start, end)}.
 *
 * @param start first instant
 * @param end first instant after it
 * @param delivered attempts that succeeded
 * @param failedByCode attempts that failed, by code
 */
public record Traffic(Instant start, Instant end, long delivered, SortedMap<String, Long> failedByCode) {

    public Traffic {
        failedByCode = Collections.unmodifiableSortedMap(new TreeMap<>(failedByCode));
    }

    /** Failed attempts, all codes. */
    public long failed() {
        return failedByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Attempts, whatever their result. */
    public long attempts() {
        return delivered + failed();
    }

    /** Failed attempts with one code. */
    public long failedWith(String code) {
        return failedByCode.getOrDefault(code, 0L);
    }

    /** The failing code with most attempts, of equals the smallest; empty if nothing failed. */
    public Optional<String> mostAttemptedCode() {
        return failedByCode.entrySet().stream()
                .filter(failures -> failures.getValue() > 0)
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }
}
