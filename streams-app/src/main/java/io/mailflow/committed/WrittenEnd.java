package io.mailflow.committed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where partitions end now, with what is written and not committed yet. Whoever reads what is committed once and stops
 * has to come this far: the markers that commit one transaction do not reach all its partitions at once, so what was
 * read on one may still be hidden on another, and to take that for the end would be to forget it.
 */
public final class WrittenEnd {

    /** Longer than any of our transactions may stay open. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<TopicPartition, Long> ends;

    private WrittenEnd(Map<TopicPartition, Long> ends) {
        this.ends = ends;
    }

    /**
     * Takes one record.
     *
     * @param <E> what may go wrong then
     */
    @FunctionalInterface
    public interface Taker<K, V, E extends Exception> {
        /** Takes it. */
        void take(ConsumerRecord<K, V> message) throws E;
    }

    /**
     * The ends now.
     *
     * @param client connection settings
     */
    public static WrittenEnd of(Map<String, ?> client, Collection<TopicPartition> partitions) {
        Map<String, Object> settings = new HashMap<>(client);
        // What is committed only is what every other consumer here asks for, and would be told as the end.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (Consumer<byte[], byte[]> asker =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new WrittenEnd(Map.copyOf(asker.endOffsets(partitions)));
        }
    }

    /**
     * Hands over what is committed up to here, waiting for transactions that are still open.
     *
     * @param committed a {@code read_committed} consumer that these partitions are assigned to
     * @param patience how long to wait without coming nearer to the ends; what comes in behind them is no sign of it
     * @throws OpenTransactionException if that was not long enough
     */
    public <K, V, E extends Exception> void read(Consumer<K, V> committed, Duration patience, Taker<K, V, E> taker)
            throws E {
        long deadline = System.nanoTime() + patience.toNanos();
        long missing = missing(committed);
        while (missing > 0) {
            for (ConsumerRecord<K, V> message : committed.poll(POLL)) {
                taker.take(message);
            }
            long still = missing(committed);
            if (still < missing) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() > deadline) {
                TopicPartition behind = behind(committed).findFirst().orElseThrow();
                throw new OpenTransactionException(behind, committed.position(behind));
            }
            missing = still;
        }
    }

    /** How many offsets up to the ends are not read. */
    private long missing(Consumer<?, ?> committed) {
        return behind(committed)
                .mapToLong(partition -> ends.getOrDefault(partition, 0L) - committed.position(partition))
                .sum();
    }

    private Stream<TopicPartition> behind(Consumer<?, ?> committed) {
        return ends.entrySet().stream()
                .filter(end -> committed.position(end.getKey()) < end.getValue())
                .map(Map.Entry::getKey);
    }
}
