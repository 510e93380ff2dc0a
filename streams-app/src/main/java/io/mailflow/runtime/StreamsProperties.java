package io.mailflow.runtime;

import io.mailflow.config.ConfigException;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.OwnedProperties;
import io.mailflow.naming.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * The properties of the stream. In this order, the later wins:
 *
 * <ol>
 *   <li>tuning that fits this program;
 *   <li>{@code kafka.properties} of the configuration file;
 *   <li>what the program owns ({@link OwnedProperties}); naming one of these in the file is an error.
 * </ol>
 */
public final class StreamsProperties {

    private StreamsProperties() {}

    /**
     * The properties for {@code KafkaStreams} and for the {@code TopologyConfig} that the topology is built with.
     *
     * @throws ConfigException if {@code kafka.properties} holds a key that the program owns
     */
    public static Map<String, Object> of(MailflowConfig config) {
        KafkaSettings kafka = config.kafka();
        Map<String, Object> properties = tuning();
        kafka.properties().forEach((key, value) -> {
            OwnedProperties.reasonAgainst(key).ifPresent(expected -> {
                throw new ConfigException("kafka.properties." + key + " is \"" + value + "\"; expected " + expected);
            });
            properties.put(key, value);
        });
        properties.putAll(owned(kafka));
        return properties;
    }

    private static Map<String, Object> tuning() {
        Map<String, Object> properties = new HashMap<>();
        // Measured on a replay of 550-byte events: these four doubled the throughput.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // A transaction's first batch is refused while the brokers still finish the one before; a second batch on its
        // way
        // would overtake it and be refused for its sequence number. With one at a time there is none, at no cost
        // measured.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
        // A killed instance is missed after this long; nothing here pauses for as long.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        // A dead letter carries a record of up to 1 MiB compressed, read back uncompressed, and its stack trace.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20);
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }

    private static Map<String, Object> owned(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, kafka.stateDir().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, kafka.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, kafka.standbyReplicas());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replicationFactor());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, kafka.commitInterval().toMillis());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topics.DEAD_LETTERS);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterOrStop.class);
        // By name: its constant is deprecated as this becomes the only way in Kafka 5. Until then it is off by default.
        properties.put("processing.exception.handler.global.enabled", true);
        // History that waits on the topic is what there is to read.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }
}
