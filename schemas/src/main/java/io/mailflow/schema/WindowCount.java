package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one connector in one window, on {@code mailflow.connector-failures}: one record per code, and one without
 * code for the whole connector. Windows are half-open {@code [start, start + size)}, aligned to the epoch, and count
 * each attempt by its own timestamp. Distinct counts of one size do not add up to those of another.
 *
 * @param tenant the organisation
 * @param connector the connector's name
 * @param code the code, or null in the record of the whole connector
 * @param size {@code PT5M}, {@code PT1H} or {@code P1D} ({@code PT24H})
 * @param start first instant of the window
 * @param end first instant after it
 * @param delivered attempts that succeeded; 0 in records with a code
 * @param attempts attempts that failed
 * @param messages distinct messages among the failed attempts
 * @param recipients distinct (message, recipient) among the failed attempts
 * @param isFinal true once no event can enter it any more
 * @param revision 1 for the first publication, counting up
 */
public record WindowCount(
        String tenant,
        String connector,
        @Nullable String code,
        Duration size,
        Instant start,
        Instant end,
        long delivered,
        long attempts,
        long messages,
        long recipients,
        @JsonProperty("final") boolean isFinal,
        int revision) {}
