package io.mailflow.monitor;

import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;

/** What the monitor publishes. */
public sealed interface MonitorOutput {

    /** A publication of an alert. */
    record AlertOutput(Alert alert) implements MonitorOutput {}

    /** A window that changed or became final. */
    record WindowOutput(WindowCount window) implements MonitorOutput {}

    /** A connector now. */
    record HealthOutput(ConnectorHealth health) implements MonitorOutput {}

    /** How far the monitor has come. */
    record ProgressOutput(PipelineProgress progress) implements MonitorOutput {}
}
