package io.mailflow.monitor;

import io.mailflow.config.AlertSettings;
import io.mailflow.config.TimeSettings;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Heartbeat;
import io.mailflow.tracker.TrackerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.test.TestRecord;

/** The monitor alone, fed with what the tracker would send. */
final class MonitorDriver implements AutoCloseable {

    private static final String MESSAGES = "connector-deltas";

    private final TopologyTestDriver driver;
    private final TestInputTopic<ConnectorKey, TrackerMessage> messages;
    private final TestOutputTopic<String, Alert> alerts;
    private final TestOutputTopic<String, Alert> alertState;
    private final TestOutputTopic<String, WindowCount> windows;
    private final TestOutputTopic<String, ConnectorHealth> health;
    private final TestOutputTopic<String, PipelineProgress> progress;

    MonitorDriver(
            Path stateDir,
            StateMedium medium,
            Instant wallClock,
            ConnectorLookup registry,
            RemediationLookup remediations) {
        StreamsBuilder builder = new StreamsBuilder();
        MonitorTopology.connect(
                builder.stream(
                        MESSAGES,
                        Consumed.with(ConnectorKey.SERDE, TrackerMessage.SERDE).withName("messages")),
                new MonitorSupplier(
                        TimeSettings.DEFAULT, AlertSettings.DEFAULT, remediations, context -> registry, medium));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "monitor-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class);
        driver = new TopologyTestDriver(builder.build(), properties, wallClock);
        messages =
                driver.createInputTopic(MESSAGES, ConnectorKey.SERDE.serializer(), TrackerMessage.SERDE.serializer());
        alerts = output(Topics.ALERTS, Alert.class);
        alertState = output(Topics.ALERT_STATE, Alert.class);
        windows = output(Topics.CONNECTOR_FAILURES, WindowCount.class);
        health = output(Topics.CONNECTOR_HEALTH, ConnectorHealth.class);
        progress = output(Topics.PROGRESS, PipelineProgress.class);
    }

    private <V> TestOutputTopic<String, V> output(String topic, Class<V> type) {
        return driver.createOutputTopic(
                topic, Serdes.String().deserializer(), JsonSerde.of(type).deserializer());
    }

    void send(TrackerMessage message) {
        ConnectorKey key = message instanceof ConnectorDelta delta ? delta.connector() : new ConnectorKey("any", "any");
        messages.pipeInput(key, message);
    }

    /** A heartbeat of the only source. */
    void progress(Instant at) {
        send(new Heartbeat(0, 1, at.toEpochMilli(), false));
    }

    /** The end of the only source. */
    void end(Instant at) {
        send(new Heartbeat(0, 1, at.toEpochMilli(), true));
    }

    void passWallClock(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Alerts published since the last call. */
    List<Alert> alerts() {
        return alerts.readValuesToList();
    }

    List<TestRecord<String, Alert>> alertRecords() {
        return alerts.readRecordsToList();
    }

    Map<String, Alert> alertState() {
        return latest(alertState);
    }

    List<WindowCount> windowRecords() {
        return windows.readValuesToList();
    }

    Map<String, WindowCount> windows() {
        return latest(windows);
    }

    Map<String, ConnectorHealth> health() {
        return latest(health);
    }

    List<PipelineProgress> progressRecords() {
        return progress.readValuesToList();
    }

    private static <V> Map<String, V> latest(TestOutputTopic<String, V> topic) {
        Map<String, V> latest = new HashMap<>();
        topic.readKeyValuesToList().forEach(record -> latest.put(record.key, record.value));
        return latest;
    }

    @Override
    public void close() {
        driver.close();
    }
}
