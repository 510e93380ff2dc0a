package io.mailflow.monitor;

import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Incident;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Keys of the output topics: parts joined by {@code /}, which is {@code %2F} (and {@code %} is {@code %25}) in a part. */
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
            return of(progress.progress());
        }
        throw new IllegalArgumentException("no key for " + output);
    }

    /** {@code tenant/connector/code}. */
    public static String of(Alert alert) {
        return join(alert.tenant(), alert.connector(), alert.code());
    }

    /** {@code tenant/connector/code/size/start}, the code empty for the whole connector. */
    public static String of(WindowCount window) {
        String code = window.code();
        return join(
                window.tenant(),
                window.connector(),
                code == null ? "" : code,
                window.size().toString(),
                window.start().toString());
    }

    /** {@code tenant/connector}. */
    public static String of(ConnectorHealth health) {
        return join(health.tenant(), health.connector());
    }

    /** {@code monitor/partition} or {@code tracker/partition}. */
    public static String of(PipelineProgress progress) {
        String stage = switch (progress.stage()) {
            case TRACKER -> "tracker";
            case MONITOR -> "monitor";
        };
        return join(stage, Integer.toString(progress.partition()));
    }

    /** {@code tenant/incident}. */
    public static String of(Incident incident) {
        return join(incident.tenant(), incident.id());
    }

    private static String join(String... parts) {
        return Arrays.stream(parts)
                .map(part -> part.replace("%", "%25").replace("/", "%2F"))
                .collect(Collectors.joining("/"));
    }
}
