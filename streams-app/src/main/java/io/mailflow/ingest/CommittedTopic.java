package io.mailflow.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything committed on a topic, read once from its beginning to where it ends now. */
final class CommittedTopic {

    /** Longer than any of our transactions may stay open. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(100);

    private CommittedTopic() {}

    /** Takes one record. */
    @FunctionalInterface
    interface Taker {
        void take(ConsumerRecord<byte[], byte[]> message) throws IOException;
    }

    /**
     * Reads it. Waits for transactions of others that are under way: what stands behind them is not to be seen before,
     * and to take that for the end would be to forget it.
     *
     * @throws InputException if a transaction of somebody else stays open for longer than two minutes
     */
    static void each(Map<String, ?> clientConfig, String topic, Taker taker) throws IOException {
        Map<TopicPartition, Long> ends;
        try (Consumer<byte[], byte[]> uncommitted = consumer(clientConfig, "read_uncommitted")) {
            ends = uncommitted.endOffsets(partitions(uncommitted, topic));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> committed = consumer(clientConfig, "read_committed")) {
            committed.assign(ends.keySet());
            committed.seekToBeginning(ends.keySet());
            TopicPartition behind = behind(committed, ends);
            while (behind != null) {
                for (ConsumerRecord<byte[], byte[]> message : committed.poll(POLL)) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    taker.take(message);
                }
                if (System.nanoTime() > deadline) {
                    throw new InputException("Somebody keeps a transaction open on " + topic + ", partition "
                            + behind.partition() + ", offset " + committed.position(behind)
                            + ", and what follows cannot be read; try again in a minute, and if this lasts see"
                            + " kafka-transactions.sh find-hanging.");
                }
                behind = behind(committed, ends);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable TopicPartition behind(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) < end.getValue()) {
                return end.getKey();
            }
        }
        return null;
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, ?> clientConfig, String isolation) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
