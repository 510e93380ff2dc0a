package io.mailflow.ingest;

import io.mailflow.committed.OpenTransactionException;
import io.mailflow.committed.WrittenEnd;
import io.mailflow.format.InputException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything committed on a topic, read once from its beginning to where it ends now. */
final class CommittedTopic {

    private CommittedTopic() {}

    /** Takes one record. */
    @FunctionalInterface
    interface Taker extends WrittenEnd.Taker<byte[], byte[], IOException> {}

    /**
     * Reads it.
     *
     * @throws InputException if a transaction of somebody else stays open for longer than two minutes
     */
    static void each(Map<String, ?> clientConfig, String topic, Taker taker) throws IOException {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        try (Consumer<byte[], byte[]> committed =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = committed.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            committed.assign(partitions);
            committed.seekToBeginning(partitions);
            WrittenEnd.of(clientConfig, partitions).read(committed, WrittenEnd.PATIENCE, taker);
        } catch (OpenTransactionException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }
}
