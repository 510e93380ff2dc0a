package io.mailflow.alerting;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Queued recipients of one code come close to their deadline. */
final class ExpiryRisk implements Policy {

    @Override
    public Reason reason() {
        return Reason.EXPIRY_RISK;
    }

    @Override
    public Stream<Finding> judge(ConnectorView view) {
        return view.queues().values().stream().flatMap(queue -> judge(view, queue).stream());
    }

    private Optional<Finding> judge(ConnectorView view, CodeQueue queue) {
        AlertSettings thresholds = view.thresholds();
        return finding(view, queue, queue.expiringCritical(), thresholds.expiryCritical(), Severity.CRITICAL)
                .or(() -> finding(view, queue, queue.expiringHigh(), thresholds.expiryHigh(), Severity.HIGH))
                .or(() -> finding(view, queue, queue.expiringWarning(), thresholds.expiryWarning(), Severity.WARNING));
    }

    private Optional<Finding> finding(
            ConnectorView view, CodeQueue queue, long recipients, Duration within, Severity severity) {
        long matter = view.recipientsThatMatter(view.thresholds().expiryRecipients());
        if (recipients < matter) {
            return Optional.empty();
        }
        Measure measure = new Measure(reason(), "recipients that expire within " + within, recipients, matter);
        return Optional.of(new Finding(reason(), queue.code(), severity, view.lastHour(), List.of(measure)));
    }
}
