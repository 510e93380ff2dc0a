package io.mailflow.route;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Decides which instance of a cluster routes: the one to which the consumer group assigns the only partition of a topic.
 * It reads nothing from it. An instance that dies loses it to another after {@link #SESSION}. Not thread-safe.
 */
final class RouterLease implements AutoCloseable {

    /** How long a member may be unheard of before another takes its place. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Joins the group; nothing is assigned yet.
     *
     * @param client connection settings
     * @param group its name
     * @param topic with one partition
     */
    RouterLease(Map<String, Object> client, String group, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
        // Whoever routes goes on when others come.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                consumer.pause(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Asked for after every poll.
            }
        });
    }

    /** Waits a moment for the group's decision, and says whether this instance routes. */
    boolean await() {
        consumer.poll(POLL);
        return isHeld();
    }

    /** Says whether this instance still routes, without waiting. To be called every few seconds. */
    boolean renew() {
        consumer.poll(Duration.ZERO);
        return isHeld();
    }

    private boolean isHeld() {
        return !consumer.assignment().isEmpty();
    }

    /** What a producer needs to be refused once another instance routes. */
    ConsumerGroupMetadata member() {
        return consumer.groupMetadata();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
