package io.mailflow.alerting;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Many recipients of one code have been queued for long. */
final class QueueBacklog implements Policy {

    @Override
    public Reason reason() {
        return Reason.QUEUE_BACKLOG;
    }

    @Override
    public Stream<Finding> judge(ConnectorView view) {
        AlertSettings thresholds = view.thresholds();
        return view.queues().values().stream()
                .filter(queue -> queue.olderThanBacklogAge() >= lowest(thresholds))
                .map(queue -> {
                    long old = queue.olderThanBacklogAge();
                    boolean high = old >= thresholds.backlogHigh();
                    Measure measure = new Measure(
                            reason(),
                            "recipients queued longer than " + thresholds.backlogAge(),
                            old,
                            high ? thresholds.backlogHigh() : thresholds.backlogWarning());
                    return new Finding(
                            reason(),
                            queue.code(),
                            high ? Severity.HIGH : Severity.WARNING,
                            view.lastHour(),
                            List.of(measure));
                });
    }

    /** An override may put the level for high below the one for warning. */
    private static int lowest(AlertSettings thresholds) {
        return Math.min(thresholds.backlogWarning(), thresholds.backlogHigh());
    }
}
