package io.mailflow.config;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One threshold that the registry can set for a single connector. */
enum ThresholdOverride {
    DOWN_ATTEMPTS("connector-down.attempts"),
    DOWN_MESSAGES("connector-down.messages"),
    DOWN_HOURLY_ATTEMPTS("connector-down.hourly-attempts"),
    DOWN_HOURLY_MESSAGES("connector-down.hourly-messages"),
    FAILURE_SHARE("failure-rate.share"),
    FAILURE_ATTEMPTS("failure-rate.attempts"),
    BACKLOG_WARNING("queue-backlog.warning"),
    BACKLOG_HIGH("queue-backlog.high"),
    EXPIRY_RECIPIENTS("expiry-risk.recipients"),
    EXPIRED_RECIPIENTS("messages-expired.recipients"),
    SILENT_ATTEMPTS("connector-silent.attempts");

    /** By the key of the registry, in the order of the configuration file. */
    static final Map<String, ThresholdOverride> KEYS = Arrays.stream(values())
            .collect(collectingAndThen(
                    toMap(override -> override.key, override -> override, (a, b) -> a, LinkedHashMap::new),
                    Collections::unmodifiableMap));

    private final String key;

    ThresholdOverride(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** What is expected instead of the value, or empty if it can be used. */
    Optional<String> problemWith(double value) {
        if (this == FAILURE_SHARE) {
            return value > 0 && value <= 1 ? Optional.empty() : Optional.of("a share above 0 and up to 1");
        }
        // Not a number fails every comparison.
        boolean whole = value >= 1 && value <= ConfigLoader.MOST && value == Math.rint(value);
        return whole ? Optional.empty() : Optional.of("a whole number between 1 and " + ConfigLoader.MOST);
    }

    AlertSettings applyTo(AlertSettings to, double value) {
        int whole = (int) value;
        return new AlertSettings(
                this == DOWN_ATTEMPTS ? whole : to.downAttempts(),
                this == DOWN_MESSAGES ? whole : to.downMessages(),
                this == DOWN_HOURLY_ATTEMPTS ? whole : to.downHourlyAttempts(),
                this == DOWN_HOURLY_MESSAGES ? whole : to.downHourlyMessages(),
                this == FAILURE_SHARE ? value : to.failureShare(),
                this == FAILURE_ATTEMPTS ? whole : to.failureAttempts(),
                to.backlogAge(),
                this == BACKLOG_WARNING ? whole : to.backlogWarning(),
                this == BACKLOG_HIGH ? whole : to.backlogHigh(),
                this == EXPIRY_RECIPIENTS ? whole : to.expiryRecipients(),
                to.expiryWarning(),
                to.expiryHigh(),
                to.expiryCritical(),
                this == EXPIRED_RECIPIENTS ? whole : to.expiredRecipients(),
                this == SILENT_ATTEMPTS ? whole : to.silentAttempts(),
                to.resolveAfter(),
                to.gaveUpAfter(),
                to.repeatAfter(),
                to.pageableLag());
    }
}
