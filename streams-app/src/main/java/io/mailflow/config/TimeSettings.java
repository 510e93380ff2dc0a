package io.mailflow.config;

import java.time.Duration;

/**
 * How event time is understood ({@code time.*}).
 *
 * @param reorderBound how much older than the newest event of its source an event may be without holding progress back
 * @param lateness events older than their source's progress by more than this change no count; windows become final
 *     this long after their end
 * @param futureTolerance how far an event may lie ahead of its record's timestamp before it is refused
 * @param idleTimeout a source silent for this long, by the wall clock, is left out of the minimum
 * @param margin a recipient is given up this long after its deadline
 * @param horizon how long a recipient that ever failed is remembered after its last event
 * @param successHorizon how long a success is remembered to recognise its duplicates
 * @param lifetimeOnline how long Exchange Online and anything unknown retries a message
 * @param lifetimeServer how long Exchange Server retries a message
 */
public record TimeSettings(
        Duration reorderBound,
        Duration lateness,
        Duration futureTolerance,
        Duration idleTimeout,
        Duration margin,
        Duration horizon,
        Duration successHorizon,
        Duration lifetimeOnline,
        Duration lifetimeServer) {

    /** No server retries for longer, and nothing that is counted by the hour can look back further. */
    public static final Duration LONGEST_LIFETIME = Duration.ofDays(90);

    /** The defaults of {@code mailflow.yaml}. */
    public static final TimeSettings DEFAULT = new TimeSettings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofHours(48));
}
