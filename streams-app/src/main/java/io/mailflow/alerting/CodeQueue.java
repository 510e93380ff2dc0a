package io.mailflow.alerting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The queued recipients of one (connector, code), and those given up lately.
 *
 * @param code the code of their latest attempt, {@code none} where there was none
 * @param recipients queued now
 * @param olderThanBacklogAge queued longer than {@code thresholds.backlogAge}
 * @param expiringWarning with a deadline within {@code thresholds.expiryWarning}, overdue ones included
 * @param expiringHigh with a deadline within {@code thresholds.expiryHigh}, overdue ones included
 * @param expiringCritical with a deadline within {@code thresholds.expiryCritical}, overdue ones included
 * @param overdue with a deadline that has passed
 * @param expiredLastHour given up in the last hour
 * @param oldestSince first deferral of the one queued longest
 * @param nextDeadline when the next one expires, past if it is overdue
 */
public record CodeQueue(
        String code,
        long recipients,
        long olderThanBacklogAge,
        long expiringWarning,
        long expiringHigh,
        long expiringCritical,
        long overdue,
        long expiredLastHour,
        @Nullable Instant oldestSince,
        @Nullable Instant nextDeadline) {

    /** Nothing queued, nothing given up. */
    public static CodeQueue empty(String code) {
        return new CodeQueue(code, 0, 0, 0, 0, 0, 0, 0, null, null);
    }
}
