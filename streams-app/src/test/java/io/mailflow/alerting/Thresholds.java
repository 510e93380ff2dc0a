package io.mailflow.alerting;

import io.mailflow.config.AlertSettings;
import java.time.Duration;

/** The default thresholds with some of them set otherwise. */
final class Thresholds {

    private Thresholds() {}

    static AlertSettings down(int attempts, int messages, int hourlyAttempts, int hourlyMessages) {
        AlertSettings d = AlertSettings.DEFAULT;
        return new AlertSettings(
                attempts,
                messages,
                hourlyAttempts,
                hourlyMessages,
                d.failureShare(),
                d.failureAttempts(),
                d.backlogAge(),
                d.backlogWarning(),
                d.backlogHigh(),
                d.expiryRecipients(),
                d.expiryWarning(),
                d.expiryHigh(),
                d.expiryCritical(),
                d.expiredRecipients(),
                d.silentAttempts(),
                d.resolveAfter(),
                d.gaveUpAfter(),
                d.repeatAfter(),
                d.pageableLag());
    }

    static AlertSettings rate(double share, int attempts) {
        AlertSettings d = AlertSettings.DEFAULT;
        return new AlertSettings(
                d.downAttempts(),
                d.downMessages(),
                d.downHourlyAttempts(),
                d.downHourlyMessages(),
                share,
                attempts,
                d.backlogAge(),
                d.backlogWarning(),
                d.backlogHigh(),
                d.expiryRecipients(),
                d.expiryWarning(),
                d.expiryHigh(),
                d.expiryCritical(),
                d.expiredRecipients(),
                d.silentAttempts(),
                d.resolveAfter(),
                d.gaveUpAfter(),
                d.repeatAfter(),
                d.pageableLag());
    }

    static AlertSettings queue(int backlogWarning, int backlogHigh, int expiryRecipients, int expiredRecipients) {
        AlertSettings d = AlertSettings.DEFAULT;
        return new AlertSettings(
                d.downAttempts(),
                d.downMessages(),
                d.downHourlyAttempts(),
                d.downHourlyMessages(),
                d.failureShare(),
                d.failureAttempts(),
                d.backlogAge(),
                backlogWarning,
                backlogHigh,
                expiryRecipients,
                d.expiryWarning(),
                d.expiryHigh(),
                d.expiryCritical(),
                expiredRecipients,
                d.silentAttempts(),
                d.resolveAfter(),
                d.gaveUpAfter(),
                d.repeatAfter(),
                d.pageableLag());
    }

    static AlertSettings lifeCycle(Duration resolveAfter, Duration gaveUpAfter, Duration repeatAfter) {
        AlertSettings d = AlertSettings.DEFAULT;
        return new AlertSettings(
                d.downAttempts(),
                d.downMessages(),
                d.downHourlyAttempts(),
                d.downHourlyMessages(),
                d.failureShare(),
                d.failureAttempts(),
                d.backlogAge(),
                d.backlogWarning(),
                d.backlogHigh(),
                d.expiryRecipients(),
                d.expiryWarning(),
                d.expiryHigh(),
                d.expiryCritical(),
                d.expiredRecipients(),
                d.silentAttempts(),
                resolveAfter,
                gaveUpAfter,
                repeatAfter,
                d.pageableLag());
    }
}
