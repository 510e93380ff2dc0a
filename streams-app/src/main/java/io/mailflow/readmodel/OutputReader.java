package io.mailflow.readmodel;

import io.mailflow.committed.WrittenEnd;
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

    private final Map<String, Object> client;
    private final Duration patience;
    private final KafkaConsumer<String, byte[]> consumer;

    /**
     * Reads all partitions of {@code topics}.
     *
     * @param client connection settings
     * @param fromEnd start at what comes next instead of at the beginning
     */
    public OutputReader(Map<String, Object> client, Collection<String> topics, boolean fromEnd) {
        this(client, topics, fromEnd, WrittenEnd.PATIENCE);
    }

    /** @param patience how long {@link #readToEnd} waits for a transaction that somebody keeps open */
    OutputReader(Map<String, Object> client, Collection<String> topics, boolean fromEnd, Duration patience) {
        this.client = client;
        this.patience = patience;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            assign(topics, fromEnd);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void assign(Collection<String> topics, boolean fromEnd) {
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
     * Hands over everything that has been written until now, waiting for transactions that are still open.
     *
     * @throws io.mailflow.committed.OpenTransactionException if one stays open for longer than two minutes
     */
    public void readToEnd(Consumer<ConsumerRecord<String, byte[]>> receiver) {
        WrittenEnd.of(client, consumer.assignment()).read(consumer, patience, receiver::accept);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
