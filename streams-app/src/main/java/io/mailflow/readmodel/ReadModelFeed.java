package io.mailflow.readmodel;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a read model from all partitions of the output topics, on a thread of its own, with a {@code read_committed}
 * consumer without a group: every instance has everything, and the offsets live in the database.
 */
public final class ReadModelFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModelFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK_WITHIN = Duration.ofSeconds(5);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final int LARGEST_BATCH = 5_000;
    /**
     * Commits of the stream come ten times a second and more. Each batch is a transaction of the database and makes
     * every answer new, so brokers gather a little first, for no longer than anybody notices.
     */
    private static final int GATHERED_BYTES = 256 * 1024;

    private static final Duration GATHERED_FOR = Duration.ofMillis(200);

    private final ReadModel model;
    private final Map<String, Object> settings;
    private final Thread thread = new Thread(this::run, "read-model");
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean rebuild = new AtomicBoolean();
    private final List<Consumer<Changes>> listeners = new CopyOnWriteArrayList<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private volatile ReadState state = ReadState.STARTING;
    private volatile @Nullable String reason;
    private volatile long recordsBehind;

    private ReadModelFeed(ReadModel model, Map<String, Object> client) {
        this.model = model;
        settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LARGEST_BATCH);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHERED_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) GATHERED_FOR.toMillis());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "mailflow-read-model");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        thread.setDaemon(true);
    }

    /**
     * Starts feeding and returns at once.
     *
     * @param client connection settings
     */
    public static ReadModelFeed start(ReadModel model, Map<String, Object> client) {
        ReadModelFeed feed = new ReadModelFeed(model, client);
        feed.thread.start();
        return feed;
    }

    /** Calls back, on the feeding thread, after each batch that arrives while running. */
    public void onChanges(Consumer<Changes> listener) {
        listeners.add(listener);
    }

    /** Starting, restoring, running or failed. */
    public ReadState state() {
        return state;
    }

    /** Why it is in this state, where there is something to say. */
    public @Nullable String reason() {
        return reason;
    }

    /** Records on the topics that are not in yet. */
    public long recordsBehind() {
        return recordsBehind;
    }

    /** Empties the database and reads everything anew, also after a failure; returns at once. */
    public void rebuild() {
        state = ReadState.RESTORING;
        rebuild.set(true);
    }

    private void run() {
        while (!isStopped()) {
            try {
                feed();
            } catch (RetriableException e) {
                state = ReadState.STARTING;
                reason = "Kafka does not answer: " + e.getMessage();
                LOG.warn("The read model waits for Kafka: {}", e.getMessage());
                waitBeforeNextTry();
            } catch (SQLException | RuntimeException e) {
                fail(e);
                while (!isStopped() && !rebuild.get()) {
                    waitBeforeNextTry();
                }
            }
        }
    }

    private void fail(Exception e) {
        reason = "The read model has stopped: " + e.getMessage();
        state = ReadState.FAILED;
        LOG.error("The read model has stopped", e);
    }

    private void feed() throws SQLException {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            if (!assign(consumer)) {
                return;
            }
            state = ReadState.RESTORING;
            while (!isStopped()) {
                if (rebuild.getAndSet(false)) {
                    startAnew(consumer);
                }
                ConsumerRecords<String, byte[]> batch = poll(consumer);
                if (!batch.isEmpty()) {
                    Changes changes = model.take(batch, positions(consumer, batch));
                    if (state == ReadState.RUNNING) {
                        listeners.forEach(listener -> listener.accept(changes));
                    }
                }
                recordsBehind = consumer.assignment().stream()
                        // A position past the marker of a transaction can be ahead of the end that was last heard of.
                        .mapToLong(partition ->
                                Math.max(0, consumer.currentLag(partition).orElse(0)))
                        .sum();
                if (state == ReadState.RESTORING && !rebuild.get() && atEnds(consumer)) {
                    reason = null;
                    state = ReadState.RUNNING;
                }
            }
        }
    }

    /** False when topics are not there yet. */
    private boolean assign(KafkaConsumer<String, byte[]> consumer) throws SQLException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : Projection.TOPICS) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, ASK_WITHIN);
            if (found == null || found.isEmpty()) {
                reason = "The topic " + topic + " is not there yet";
                waitBeforeNextTry();
                return false;
            }
            found.forEach(partition -> partitions.add(new TopicPartition(partition.topic(), partition.partition())));
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> stored = model.offsets();
        ends.clear();
        ends.putAll(consumer.endOffsets(partitions, ASK_WITHIN));
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ASK_WITHIN);
        if (stored.entrySet().stream().anyMatch(at -> at.getValue() > ends.getOrDefault(at.getKey(), 0L))) {
            LOG.warn("The topics are not those that the read model was made from; making it anew");
            model.clear();
            stored = Map.of();
        }
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(begin, stored.getOrDefault(partition, begin)));
        }
        return true;
    }

    private ConsumerRecords<String, byte[]> poll(KafkaConsumer<String, byte[]> consumer) {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            // Deleted by retention while nobody read.
            consumer.seekToBeginning(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    private void startAnew(KafkaConsumer<String, byte[]> consumer) throws SQLException {
        state = ReadState.RESTORING;
        model.clear();
        ends.putAll(consumer.endOffsets(consumer.assignment(), ASK_WITHIN));
        consumer.seekToBeginning(consumer.assignment());
    }

    private static Map<TopicPartition, Long> positions(
            KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        batch.partitions().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }

    /**
     * By the ends of what was committed when it began: what was written and not committed then is news, which this reader
     * will see, as it goes on. Who reads once and stops must wait for it.
     */
    private boolean atEnds(KafkaConsumer<String, byte[]> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void waitBeforeNextTry() {
        try {
            stop.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Stops feeding; the read model stays open. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
