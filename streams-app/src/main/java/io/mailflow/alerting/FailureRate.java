package io.mailflow.alerting;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unusual share of attempts fails: over the hour, so that it matters, and in the last minutes, so that it still
 * does. It attaches to the code that fails most in those last minutes.
 */
final class FailureRate implements Policy {

    @Override
    public Reason reason() {
        return Reason.FAILURE_RATE;
    }

    @Override
    public boolean judgesConnector() {
        return true;
    }

    @Override
    public Stream<Finding> judge(ConnectorView view) {
        AlertSettings thresholds = view.thresholds();
        Traffic hour = view.lastHour();
        Traffic now = view.lastThreeWindows();
        double shareInHour = share(hour);
        double shareNow = share(now);
        if (!view.isRoute()
                || hour.attempts() < thresholds.failureAttempts()
                || shareInHour < thresholds.failureShare()
                || shareNow < thresholds.failureShare()) {
            return Stream.empty();
        }
        List<Measure> measures = List.of(
                new Measure(
                        reason(),
                        "failing share of attempts in the last three 5-minute windows",
                        shareNow,
                        thresholds.failureShare()),
                new Measure(
                        reason(), "failing share of attempts in the last hour", shareInHour, thresholds.failureShare()),
                new Measure(reason(), "attempts in the last hour", hour.attempts(), thresholds.failureAttempts()));
        return now
                .mostAttemptedCode()
                .map(code -> new Finding(reason(), code, Severity.WARNING, hour, measures))
                .stream();
    }

    private static double share(Traffic traffic) {
        long attempts = traffic.attempts();
        return attempts == 0 ? 0 : (double) traffic.failed() / attempts;
    }
}
