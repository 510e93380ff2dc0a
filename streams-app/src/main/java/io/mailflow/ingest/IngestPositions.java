package io.mailflow.ingest;

import io.mailflow.schema.IngestPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What {@code mailflow.ingest-positions} says of one source. */
final class IngestPositions {

    private static final Duration POLL = Duration.ofMillis(100);

    private IngestPositions() {}

    /** {@code source/fileKey/head}, so that a file that gets another's inode does not get its position. */
    static String key(IngestPosition position) {
        return part(position.source())
                + "/"
                + part(position.fileKey())
                + "/"
                + position.head().sha256().substring(0, 16);
    }

    private static String part(String text) {
        return text.replace("%", "%25").replace("/", "%2F");
    }

    /**
     * The newest committed positions of a source by key. Waits for transactions of other sources that are under way:
     * what stands behind them is not to be seen before.
     *
     * @param patience how long to wait for those
     * @throws InputException if a transaction of somebody else stays open for longer
     */
    static Map<String, IngestPosition> read(
            Map<String, ?> clientConfig, String topic, String source, Duration patience) throws IOException {
        TopicPartition partition = new TopicPartition(topic, 0);
        long end;
        try (Consumer<String, byte[]> uncommitted = consumer(clientConfig, "read_uncommitted")) {
            end = uncommitted.endOffsets(List.of(partition)).get(partition);
        }
        Map<String, IngestPosition> positions = new LinkedHashMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        try (Consumer<String, byte[]> committed = consumer(clientConfig, "read_committed")) {
            committed.assign(List.of(partition));
            committed.seekToBeginning(List.of(partition));
            while (committed.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : committed.poll(POLL)) {
                    take(record, source, positions);
                }
                if (System.nanoTime() > deadline) {
                    throw new InputException("Another writer keeps a transaction open on " + topic + " at offset "
                            + committed.position(partition)
                            + ", so how far the files were read cannot be known; start again in a minute, and see"
                            + " kafka-transactions.sh find-hanging if this lasts.");
                }
            }
        }
        return positions;
    }

    private static void take(
            ConsumerRecord<String, byte[]> record, String source, Map<String, IngestPosition> positions)
            throws IOException {
        if (record.key() == null || !record.key().startsWith(part(source) + "/")) {
            return;
        }
        if (record.value() == null) {
            positions.remove(record.key());
            return;
        }
        positions.put(record.key(), Json.MAPPER.readValue(record.value(), IngestPosition.class));
    }

    private static Consumer<String, byte[]> consumer(Map<String, ?> clientConfig, String isolation) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The value on the topic. */
    static byte[] value(IngestPosition position) throws IOException {
        return Json.MAPPER.writeValueAsBytes(position);
    }

    /** The key on the topic, in bytes. */
    static byte[] keyBytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
