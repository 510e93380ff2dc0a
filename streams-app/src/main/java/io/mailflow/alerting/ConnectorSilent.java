package io.mailflow.alerting;

import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * Not one attempt since the last whole hour began, though that hour of the week was busy in each of the last weeks.
 * Only passing progress lets an hour be whole, so a source that is late or dead makes no connector silent.
 */
final class ConnectorSilent implements Policy {

    /** The code of what has no reply. */
    static final String NO_CODE = "none";

    @Override
    public Reason reason() {
        return Reason.CONNECTOR_SILENT;
    }

    @Override
    public Stream<Finding> judge(ConnectorView view) {
        MissingHour missing = view.missing();
        int matter = view.thresholds().silentAttempts();
        if (!view.isRoute() || missing == null || missing.usual() < matter) {
            return Stream.empty();
        }
        Measure measure = new Measure(
                reason(),
                "fewest attempts in this hour of the week over the last " + MissingHour.WEEKS + " weeks, none now",
                missing.usual(),
                matter);
        return Stream.of(new Finding(reason(), NO_CODE, Severity.WARNING, view.lastHour(), List.of(measure)));
    }
}
