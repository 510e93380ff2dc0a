package io.mailflow.readmodel;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A {@code read_committed} consumer of output topics, from their beginning, without a group. Not thread-safe.
 */
public final class OutputReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> settings;
    private final KafkaConsumer<String, byte[]> consumer;

    /**
     * Reads all partitions of {@code topics}.
     *
     * @param client connection settings
     * @param fromEnd start at what comes next instead of at the beginning
     */
    public OutputReader(Map<String, Object> client, Collection<String> topics, boolean fromEnd) {
        settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        if (fromEnd) {
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } else {
            consumer.seekToBeginning(partitions);
        }
    }

    /** Hands over what has arrived, waiting a moment for it. */
    public void poll(Consumer<ConsumerRecord<String, byte[]>> receiver) {
        consumer.poll(POLL).forEach(receiver);
    }

    /**
     * Hands over everything that has been written until now, waiting for transactions that are still open: the markers
     * that commit one transaction do not reach all its partitions at once, so what was read on one topic may still be
     * hidden on another.
     */
    public void readToEnd(Consumer<ConsumerRecord<String, byte[]>> receiver) {
        Map<TopicPartition, Long> ends = writtenEnds();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(receiver);
        }
    }

    /** The ends of the logs; the consumer's own would be those of what is committed. */
    private Map<TopicPartition, Long> writtenEnds() {
        Map<String, Object> uncommitted = new HashMap<>(settings);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, byte[]> asker =
                new KafkaConsumer<>(uncommitted, new StringDeserializer(), new ByteArrayDeserializer())) {
            return asker.endOffsets(consumer.assignment());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
