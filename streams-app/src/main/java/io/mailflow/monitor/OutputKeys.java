package io.mailflow.monitor;

import io.mailflow.naming.Keys;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Incident;
import io.mailflow.schema.WindowCount;

/** Keys of the output topics, in the form of {@link Keys}. */
public final class OutputKeys {

    private OutputKeys() {}

    /** The key of whatever it is. */
    static String of(MonitorOutput output) {
        if (output instanceof MonitorOutput.AlertOutput alert) {
            return of(alert.alert());
        } else if (output instanceof MonitorOutput.WindowOutput window) {
            return of(window.window());
        } else if (output instanceof MonitorOutput.HealthOutput health) {
            return of(health.health());
        } else if (output instanceof MonitorOutput.ProgressOutput progress) {
            return Keys.progress(progress.progress());
        }
        throw new IllegalArgumentException("no key for " + output);
    }

    /** {@code tenant/connector/code}. */
    public static String of(Alert alert) {
        return Keys.join(alert.tenant(), alert.connector(), alert.code());
    }

    /** {@code tenant/connector/code/size/start}, the code empty for the whole connector. */
    public static String of(WindowCount window) {
        String code = window.code();
        return Keys.join(
                window.tenant(),
                window.connector(),
                code == null ? "" : code,
                window.size().toString(),
                window.start().toString());
    }

    /** {@code tenant/connector}. */
    public static String of(ConnectorHealth health) {
        return Keys.connector(health.tenant(), health.connector());
    }

    /** {@code tenant/incident}. */
    public static String of(Incident incident) {
        return Keys.join(incident.tenant(), incident.id());
    }
}
