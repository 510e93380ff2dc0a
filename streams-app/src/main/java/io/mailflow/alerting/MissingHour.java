package io.mailflow.alerting;

import java.time.Duration;
import java.time.Instant;

/**
 * The last whole hour of a connector that made no attempt in it, nor since.
 *
 * @param start its first instant
 * @param usual the fewest attempts that the same hour of the week had in the {@link #WEEKS} weeks before
 */
public record MissingHour(Instant start, long usual) {

    /** How many weeks say what is usual. After as many without an attempt, silence is. */
    public static final int WEEKS = 4;

    /** How long it takes until silence is usual. */
    static final Duration MEMORY = Duration.ofDays(7L * WEEKS);
}
