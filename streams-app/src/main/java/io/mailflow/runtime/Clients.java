package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.ConnectorPublisher;
import io.mailflow.ingest.Follower;
import io.mailflow.ingest.LateForecast;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.route.Router;
import io.mailflow.schema.ConnectorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The program's own clients of a cluster, with its settings. */
public final class Clients {

    private Clients() {}

    /** What every client needs: brokers, and the security and tuning of {@code kafka.properties}. */
    public static Map<String, Object> settings(KafkaSettings kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return settings;
    }

    /** A writer of trace events and dead letters. */
    public static TraceProducer traceProducer(MailflowConfig config) throws IOException {
        return TraceProducer.connect(settings(config.kafka()), target(config), InstantSource.system());
    }

    /** How many of the events about to be written will be late. */
    public static LateForecast lateForecast(MailflowConfig config) {
        return LateForecast.read(
                settings(config.kafka()),
                Topics.PROGRESS,
                config.kafka().sourcePartitions(),
                config.time().lateness());
    }

    /** What following a folder needs. */
    public static Follower.Settings followSettings(
            MailflowConfig config, Path folder, String source, ReadOptions options) {
        return new Follower.Settings(
                folder, source, options, settings(config.kafka()), target(config), Topics.INGEST_POSITIONS);
    }

    private static TraceProducer.Target target(MailflowConfig config) {
        return new TraceProducer.Target(
                Topics.TRACE_EVENTS,
                config.kafka().sourcePartitions(),
                Topics.DEAD_LETTERS,
                config.time().reorderBound());
    }

    /** Publishes registry entries. */
    public static void publish(KafkaSettings kafka, List<ConnectorEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            ConnectorPublisher.publish(entries, producer, Topics.CONNECTORS);
        }
    }

    /** Begins to route incidents to on-call. */
    public static Router router(MailflowConfig config) {
        return Router.start(config, settings(config.kafka()), InstantSource.system());
    }
}
