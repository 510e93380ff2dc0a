package io.mailflow.naming;

import io.mailflow.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Every topic of the program, apart from the changelogs and repartition topics that Kafka Streams makes itself.
 *
 * <p>What is deleted with time is timed by the broker's clock at arrival ({@code LogAppendTime}): history fed years
 * later must not vanish on arrival, and a wrong clock of a log shipper decides nothing. This also makes the timestamp
 * of a record on {@link #TRACE_EVENTS} the time it was produced, as the check for events from the future needs.
 */
public final class Topics {

    /** Events and marks of sources, keyed by message ({@code io.mailflow.schema.TraceRecord}); kept 7 days. */
    public static final String TRACE_EVENTS = "mailflow.trace-events";

    /** Records nobody can read, byte for byte, with the reason in headers; kept 30 days. */
    public static final String DEAD_LETTERS = "mailflow.dead-letters";

    /** Events too late to be counted ({@code io.mailflow.schema.LateEvent}); kept 30 days. */
    public static final String LATE_EVENTS = "mailflow.late-events";

    /** The registry, keyed by tenant and connector ({@code io.mailflow.schema.ConnectorEntry}); compacted. */
    public static final String CONNECTORS = "mailflow.connectors";

    /** Every publication of every alert ({@code io.mailflow.schema.Alert}); kept 90 days. */
    public static final String ALERTS = "mailflow.alerts";

    /** The latest publication of each alert ({@code io.mailflow.schema.Alert}); compacted. */
    public static final String ALERT_STATE = "mailflow.alert-state";

    /** Counts per connector, code and window ({@code io.mailflow.schema.WindowCount}); compacted, kept 2 years. */
    public static final String CONNECTOR_FAILURES = "mailflow.connector-failures";

    /** Each connector now ({@code io.mailflow.schema.ConnectorHealth}); compacted. */
    public static final String CONNECTOR_HEALTH = "mailflow.connector-health";

    /** How far each stage has come ({@code io.mailflow.schema.PipelineProgress}); compacted. */
    public static final String PROGRESS = "mailflow.progress";

    /** How far followed files have been read ({@code io.mailflow.schema.IngestPosition}); compacted. */
    public static final String INGEST_POSITIONS = "mailflow.ingest-positions";

    /** Dead letters that were sent again ({@code io.mailflow.schema.Redrive}); compacted. */
    public static final String REDRIVES = "mailflow.redrives";

    /**
     * Alerts that on-call handles as one ({@code io.mailflow.schema.Incident}); compacted, kept a year: much longer than
     * the alerts, so that an alert read again always finds its incident.
     */
    public static final String INCIDENTS = "mailflow.incidents";

    /** One partition: read whole by every instance, or written so rarely that more would only cost. */
    private static final int SINGLE = 1;

    /**
     * A dead letter carries the record and its stack trace, and must not be refused for being larger than the 1 MiB
     * that a source record may have.
     */
    private static final int LARGEST_DEAD_LETTER = 8 * 1024 * 1024;

    private Topics() {}

    /** All topics, with the partitions the settings give them. */
    public static List<TopicSpec> all(KafkaSettings settings) {
        int byConnector = settings.connectorPartitions();
        return List.of(
                new TopicSpec(TRACE_EVENTS, settings.sourcePartitions(), kept(Duration.ofDays(7))),
                new TopicSpec(
                        DEAD_LETTERS,
                        SINGLE,
                        with(kept(Duration.ofDays(30)), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_DEAD_LETTER)),
                new TopicSpec(
                        LATE_EVENTS,
                        SINGLE,
                        with(kept(Duration.ofDays(30)), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_DEAD_LETTER)),
                new TopicSpec(CONNECTORS, SINGLE, compacted()),
                new TopicSpec(ALERTS, byConnector, kept(Duration.ofDays(90))),
                new TopicSpec(ALERT_STATE, byConnector, compacted()),
                new TopicSpec(CONNECTOR_FAILURES, byConnector, compactedAndKept(Duration.ofDays(2 * 365))),
                new TopicSpec(CONNECTOR_HEALTH, byConnector, compacted()),
                new TopicSpec(PROGRESS, SINGLE, compacted()),
                new TopicSpec(INGEST_POSITIONS, SINGLE, compacted()),
                new TopicSpec(REDRIVES, SINGLE, compacted()),
                new TopicSpec(INCIDENTS, SINGLE, compactedAndKept(Duration.ofDays(365))));
    }

    private static Map<String, String> kept(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime");
    }

    private static Map<String, String> compacted() {
        // Event times far ahead are refused by type CreateTime (message.timestamp.after.max.ms), which stops a stream.
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime");
    }

    private static Map<String, String> compactedAndKept(Duration retention) {
        return with(
                kept(retention),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
    }

    private static Map<String, String> with(Map<String, String> config, String key, Object value) {
        Map<String, String> changed = new HashMap<>(config);
        changed.put(key, value.toString());
        return changed;
    }
}
