package io.mailflow.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The Kafka cluster and how the program uses it ({@code kafka.*}).
 *
 * @param bootstrapServers brokers, {@code host:port} separated by commas
 * @param applicationId consumer group, prefix of internal topics and of transactional ids
 * @param stateDir where local state lives
 * @param threads stream threads of this instance
 * @param standbyReplicas copies of each state on other instances
 * @param replicationFactor of every topic
 * @param sourcePartitions partitions of {@code mailflow.trace-events}
 * @param connectorPartitions partitions of the topics keyed by connector
 * @param commitInterval how often a transaction is committed
 * @param properties passed to every client as they are: security and tuning
 */
public record KafkaSettings(
        String bootstrapServers,
        String applicationId,
        Path stateDir,
        int threads,
        int standbyReplicas,
        int replicationFactor,
        int sourcePartitions,
        int connectorPartitions,
        Duration commitInterval,
        Map<String, String> properties) {

    /** The defaults of {@code mailflow.yaml}. */
    public static final KafkaSettings DEFAULT = new KafkaSettings(
            "localhost:9092", "mailflow", Path.of("data", "state"), 2, 0, 1, 1, 1, Duration.ofMillis(100), Map.of());

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** The same settings for other brokers. */
    public KafkaSettings withBootstrapServers(String servers) {
        return new KafkaSettings(
                servers,
                applicationId,
                stateDir,
                threads,
                standbyReplicas,
                replicationFactor,
                sourcePartitions,
                connectorPartitions,
                commitInterval,
                properties);
    }

    /** The same settings with local state elsewhere. */
    public KafkaSettings withStateDir(Path dir) {
        return new KafkaSettings(
                bootstrapServers,
                applicationId,
                dir,
                threads,
                standbyReplicas,
                replicationFactor,
                sourcePartitions,
                connectorPartitions,
                commitInterval,
                properties);
    }

    /** The same settings for a topic of trace events with other partitions. */
    public KafkaSettings withSourcePartitions(int partitions) {
        return new KafkaSettings(
                bootstrapServers,
                applicationId,
                stateDir,
                threads,
                standbyReplicas,
                replicationFactor,
                partitions,
                connectorPartitions,
                commitInterval,
                properties);
    }

    /** The same settings with another time between commits. */
    public KafkaSettings withCommitInterval(Duration interval) {
        return new KafkaSettings(
                bootstrapServers,
                applicationId,
                stateDir,
                threads,
                standbyReplicas,
                replicationFactor,
                sourcePartitions,
                connectorPartitions,
                interval,
                properties);
    }
}
