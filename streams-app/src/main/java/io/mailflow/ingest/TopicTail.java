package io.mailflow.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The newest committed records of a topic, for one that is compacted but grows faster than that. */
final class TopicTail {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TopicTail() {}

    /**
     * Hands over the values at the end of each partition, deletions left out. It ends where each partition's committed
     * records end when it begins, whatever is written meanwhile, or 15 seconds after the last record that came.
     *
     * @param records how many offsets of each partition to look at
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read to there
     */
    static void each(
            Map<String, ?> clientConfig, String topic, long records, java.util.function.Consumer<byte[]> taker) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            each(consumer, topic, records, PATIENCE, taker);
        }
    }

    /** @param patience how long to wait without a record */
    static void each(
            Consumer<byte[], byte[]> consumer,
            String topic,
            long records,
            Duration patience,
            java.util.function.Consumer<byte[]> taker) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - records)));
        long deadline = System.nanoTime() + patience.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                if (message.value() != null) {
                    taker.accept(message.value());
                }
                deadline = System.nanoTime() + patience.toNanos();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("No record of " + topic + " came for " + patience.toSeconds() + " seconds");
            }
        }
    }
}
