package io.mailflow.guarantees;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.simulate.DemoHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The cluster as the guarantees are tested on: several partitions everywhere. */
final class Setup {

    static final int SOURCES = 3;
    static final int CONNECTOR_PARTITIONS = 2;

    /** A dead instance is missed after the least time that brokers allow by default: nobody waits longer than needed. */
    private static final Map<String, String> PROPERTIES =
            Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1500");

    private Setup() {}

    /** Settings for a cluster with so many brokers. */
    static KafkaSettings kafka(String bootstrapServers, int brokers) {
        return new KafkaSettings(
                bootstrapServers,
                "mailflow",
                Path.of("unused"),
                1,
                0,
                brokers,
                SOURCES,
                CONNECTOR_PARTITIONS,
                Duration.ofMillis(100),
                PROPERTIES);
    }

    /** The same for a broker within this process, whose address is not known yet. */
    static MailflowConfig embedded() {
        return MailflowConfig.DEFAULT.withKafka(kafka("unknown:1", 1));
    }

    /** Makes the topics and publishes the demo's registry. */
    static void provision(KafkaSettings kafka) {
        TopicProvisioner.provision(kafka, Topics.all(kafka));
        try {
            Clients.publish(kafka, DemoHistory.connectors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
