package io.mailflow.alerting;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Attempts fail and none gets through. Busy connectors show it within minutes; connectors to one next server, and
 * those of unknown type, also when a handful of attempts is all they make in an hour. An internet-facing connector is
 * spared that second look: a few attempts at one dead domain are usual there.
 */
final class ConnectorDown implements Policy {

    @Override
    public Reason reason() {
        return Reason.CONNECTOR_DOWN;
    }

    @Override
    public boolean judgesConnector() {
        return true;
    }

    @Override
    public Stream<Finding> judge(ConnectorView view) {
        if (!view.isRoute()) {
            return Stream.empty();
        }
        return withinMinutes(view).or(() -> withinHours(view)).stream();
    }

    private Optional<Finding> withinMinutes(ConnectorView view) {
        AlertSettings thresholds = view.thresholds();
        Traffic traffic = view.lastThreeWindows();
        return down(
                traffic,
                messages(view),
                thresholds.downAttempts(),
                thresholds.downMessages(),
                "in the last three 5-minute windows");
    }

    private Optional<Finding> withinHours(ConnectorView view) {
        if (view.type() == ConnectorType.INTERNET) {
            return Optional.empty();
        }
        AlertSettings thresholds = view.thresholds();
        Traffic traffic = view.previousHour().with(view.currentHour());
        return down(
                traffic,
                messages(view),
                thresholds.downHourlyAttempts(),
                thresholds.downHourlyMessages(),
                "in the current and previous hour");
    }

    /** Distinct messages of two windows do not add up, so the larger number stands for both. */
    private static long messages(ConnectorView view) {
        return Math.max(view.currentHour().messages(), view.previousHour().messages());
    }

    private Optional<Finding> down(
            Traffic traffic, long messages, int attemptsThatMatter, int messagesThatMatter, String when) {
        long failed = traffic.failed();
        if (failed < attemptsThatMatter || messages < messagesThatMatter || traffic.delivered() > 0) {
            return Optional.empty();
        }
        List<Measure> measures = List.of(
                new Measure(reason(), "failed attempts " + when + ", none delivered", failed, attemptsThatMatter),
                new Measure(
                        reason(), "failing messages in the current or previous hour", messages, messagesThatMatter));
        return traffic.mostAttemptedCode().map(code -> new Finding(reason(), code, Severity.HIGH, traffic, measures));
    }
}
