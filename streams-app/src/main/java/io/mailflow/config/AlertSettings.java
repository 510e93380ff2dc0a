package io.mailflow.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Thresholds and life cycle of alerts ({@code alerts.*}). Each threshold can be overridden for one connector in the
 * registry, under the key given here in brackets.
 *
 * @param downAttempts failed attempts in the last three whole 5-minute windows ({@code connector-down.attempts})
 * @param downMessages distinct messages among them, by hour window ({@code connector-down.messages})
 * @param downHourlyAttempts failed attempts in the current and previous hour window, for smart-host and unknown-type
 *     connectors ({@code connector-down.hourly-attempts})
 * @param downHourlyMessages distinct messages among those ({@code connector-down.hourly-messages})
 * @param failureShare failing share of attempts, 0 to 1 ({@code failure-rate.share})
 * @param failureAttempts attempts in the last hour from which the share is judged ({@code failure-rate.attempts})
 * @param backlogAge how long a recipient is queued before it counts as backlog
 * @param backlogWarning recipients of that age ({@code queue-backlog.warning})
 * @param backlogHigh recipients of that age ({@code queue-backlog.high})
 * @param expiryRecipients recipients close to their deadline on internet-facing and unknown-type connectors; any
 *     number counts on a smart-host connector ({@code expiry-risk.recipients})
 * @param expiryWarning time left before the deadline
 * @param expiryHigh time left before the deadline
 * @param expiryCritical time left before the deadline
 * @param expiredRecipients recipients given up in the last hour on internet-facing and unknown-type connectors; any
 *     number counts on a smart-host connector ({@code messages-expired.recipients})
 * @param silentAttempts attempts that an hour of the week had in each of the last four weeks, from which its silence
 *     counts ({@code connector-silent.attempts})
 * @param resolveAfter quiet time before an alert resolves
 * @param gaveUpAfter time without attempts after which a {@code connector-down} resolves that ended by expiry
 * @param repeatAfter how long an unchanged open alert stays silent before it is published again
 * @param pageableLag how far progress may be behind the wall clock for an alert to page
 */
public record AlertSettings(
        int downAttempts,
        int downMessages,
        int downHourlyAttempts,
        int downHourlyMessages,
        double failureShare,
        int failureAttempts,
        Duration backlogAge,
        int backlogWarning,
        int backlogHigh,
        int expiryRecipients,
        Duration expiryWarning,
        Duration expiryHigh,
        Duration expiryCritical,
        int expiredRecipients,
        int silentAttempts,
        Duration resolveAfter,
        Duration gaveUpAfter,
        Duration repeatAfter,
        Duration pageableLag) {

    /** The defaults of {@code mailflow.yaml}. */
    public static final AlertSettings DEFAULT = new AlertSettings(
            20,
            5,
            5,
            2,
            0.25,
            50,
            Duration.ofHours(1),
            200,
            2_000,
            25,
            Duration.ofHours(12),
            Duration.ofHours(4),
            Duration.ofHours(1),
            25,
            20,
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofHours(6),
            Duration.ofMinutes(30));

    /** The thresholds that the connector registry can override for one connector, in the spelling it uses. */
    public static final Set<String> OVERRIDE_KEYS = Set.copyOf(ThresholdOverride.KEYS.keySet());

    /**
     * The same settings with the thresholds of one connector. What {@link #problemsWith} complains of is left as it
     * was: whoever loads a registry refuses it there, and a stream must not stop for it.
     *
     * @param thresholds values by {@link #OVERRIDE_KEYS}
     */
    public AlertSettings overriddenBy(Map<String, Double> thresholds) {
        AlertSettings settings = this;
        for (Map.Entry<String, Double> entry : thresholds.entrySet()) {
            ThresholdOverride override = ThresholdOverride.KEYS.get(entry.getKey());
            if (override != null && override.problemWith(entry.getValue()).isEmpty()) {
                settings = override.applyTo(settings, entry.getValue());
            }
        }
        if (settings.backlogHigh >= settings.backlogWarning) {
            return settings;
        }
        // One override may cross the default of its neighbour: the neighbour gives way.
        return settings.backlogWarning == backlogWarning
                ? ThresholdOverride.BACKLOG_WARNING.applyTo(settings, settings.backlogHigh)
                : ThresholdOverride.BACKLOG_HIGH.applyTo(settings, settings.backlogWarning);
    }

    /**
     * What is wrong with overrides, one sentence each: keys that do not exist and values out of range. Empty if all
     * can be used.
     */
    public static List<String> problemsWith(Map<String, Double> thresholds) {
        return new TreeMap<>(thresholds)
                .entrySet().stream()
                        .map(entry -> problemWith(entry.getKey(), entry.getValue()))
                        .flatMap(Optional::stream)
                        .toList();
    }

    private static Optional<String> problemWith(String key, Double value) {
        ThresholdOverride override = ThresholdOverride.KEYS.get(key);
        return override == null
                ? Optional.of("unknown threshold " + key + " (its value is " + value + "); expected one of "
                        + String.join(", ", ThresholdOverride.KEYS.keySet()))
                : override.problemWith(value).map(expected -> key + " is " + value + "; expected " + expected);
    }
}
