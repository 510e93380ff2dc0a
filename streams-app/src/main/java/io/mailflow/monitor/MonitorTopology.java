package io.mailflow.monitor;

import io.mailflow.monitor.MonitorOutput.AlertOutput;
import io.mailflow.monitor.MonitorOutput.HealthOutput;
import io.mailflow.monitor.MonitorOutput.ProgressOutput;
import io.mailflow.monitor.MonitorOutput.WindowOutput;
import io.mailflow.naming.Operators;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.TrackerMessage;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/** The monitor's part of the topology: from repartitioned deltas to the output topics. */
public final class MonitorTopology {

    private MonitorTopology() {}

    /**
     * Attaches the monitor and its outputs.
     *
     * @param messages deltas keyed by connector, and heartbeats in every partition
     * @param monitor the monitor with its stores
     */
    public static void connect(KStream<ConnectorKey, TrackerMessage> messages, MonitorSupplier monitor) {
        KStream<String, MonitorOutput> outputs = messages.process(monitor, Named.as(Operators.MONITOR_CONNECTORS));

        KStream<String, Alert> alerts =
                select(outputs, Operators.SELECT_ALERTS, output -> output instanceof AlertOutput o ? o.alert() : null);
        egress(alerts, Alert.class, Operators.EGRESS_ALERTS, Topics.ALERTS);
        egress(alerts, Alert.class, Operators.EGRESS_ALERT_STATE, Topics.ALERT_STATE);

        KStream<String, WindowCount> windows = select(
                outputs, Operators.SELECT_FAILURES, output -> output instanceof WindowOutput o ? o.window() : null);
        egress(windows, WindowCount.class, Operators.EGRESS_FAILURES, Topics.CONNECTOR_FAILURES);

        KStream<String, ConnectorHealth> health = select(
                outputs, Operators.SELECT_HEALTH, output -> output instanceof HealthOutput o ? o.health() : null);
        egress(health, ConnectorHealth.class, Operators.EGRESS_HEALTH, Topics.CONNECTOR_HEALTH);

        KStream<String, PipelineProgress> progress = select(
                outputs,
                Operators.SELECT_MONITOR_PROGRESS,
                output -> output instanceof ProgressOutput o ? o.progress() : null);
        egress(progress, PipelineProgress.class, Operators.EGRESS_MONITOR_PROGRESS, Topics.PROGRESS);
    }

    private static <V> KStream<String, V> select(
            KStream<String, MonitorOutput> outputs, String name, Function<MonitorOutput, @Nullable V> selected) {
        return outputs.flatMapValues(
                output -> {
                    V value = selected.apply(output);
                    return value == null ? List.of() : List.of(value);
                },
                Named.as(name));
    }

    private static <V> void egress(KStream<String, V> values, Class<V> type, String name, String topic) {
        values.to(
                topic,
                Produced.<String, V>as(name).withKeySerde(Serdes.String()).withValueSerde(JsonSerde.of(type)));
    }
}
