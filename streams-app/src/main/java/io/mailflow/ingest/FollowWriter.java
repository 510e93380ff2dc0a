package io.mailflow.ingest;

import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.IngestPosition;
import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what followed files say, and how far they were read, in transactions: after a kill at any point either both are
 * there or neither. Used by one thread.
 */
final class FollowWriter implements AutoCloseable {

    private static final String TRANSACTIONAL_ID = "mailflow-ingest-";
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_REQUEST = 8 << 20;

    private final Producer<byte[], byte[]> producer;
    private final TraceProducer events;
    private final String positionsTopic;
    private final Map<String, IngestPosition> positions;
    private boolean open;

    /** Writes with a producer whose transactions are initialised. */
    FollowWriter(
            Producer<byte[], byte[]> producer,
            TraceProducer.Target target,
            String positionsTopic,
            Map<String, IngestPosition> positions,
            InstantSource wallClock) {
        this.producer = producer;
        this.events = new TraceProducer(producer, target, wallClock);
        this.positionsTopic = positionsTopic;
        this.positions = positions;
        for (IngestPosition position : positions.values()) {
            if (position.newest() != null) {
                events.resumeAt(position.newest());
            }
        }
    }

    /**
     * Connects, ends what an earlier process of the same source left unfinished and shuts that process out, then reads
     * how far the files were read: in this order, or an unfinished transaction could still be decided afterwards.
     *
     * @param clientConfig settings of the Kafka clients, at least {@code bootstrap.servers}
     * @param source who follows; stays the same over restarts
     */
    static FollowWriter connect(
            Map<String, ?> clientConfig,
            TraceProducer.Target target,
            String positionsTopic,
            String source,
            InstantSource wallClock)
            throws IOException {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.putAll(clientConfig);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID + source);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new FollowWriter(
                    producer,
                    target,
                    positionsTopic,
                    IngestPositions.read(clientConfig, positionsTopic, source),
                    wallClock);
        } catch (KafkaException | IOException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** How far files had been read when this was connected. */
    Collection<IngestPosition> positions() {
        return positions.values();
    }

    /** Writes an event. */
    void event(MessageTraceEvent event) throws IOException {
        begin();
        events.sendLive(event);
    }

    /** Keeps a row that could not be read. */
    void deadLetter(UnreadableRow row) throws IOException {
        begin();
        events.sendDeadLetter(row);
    }

    /** Writes how far a file was read: up to the last of what was written before. */
    void position(IngestPosition position) throws IOException {
        begin();
        send(IngestPositions.key(position), IngestPositions.value(position));
    }

    /** Forgets how far a file was read. */
    void forget(IngestPosition position) throws IOException {
        begin();
        send(IngestPositions.key(position), null);
    }

    private void send(String key, byte @Nullable [] value) {
        var unused = producer.send(new ProducerRecord<>(positionsTopic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Tells every partition how far this writer has come, if it is time. */
    void tick() throws IOException {
        if (events.isMarkDue()) {
            begin();
            events.tick();
        }
    }

    private void begin() {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
    }

    /** Makes everything written since the last commit visible, all at once. */
    void commit() {
        if (open) {
            producer.commitTransaction();
            open = false;
        }
    }

    /** Leaves what is not committed to the next process of this source, which ends it. A second call does nothing. */
    @Override
    public void close() {
        if (open) {
            open = false;
            try {
                producer.abortTransaction();
            } catch (KafkaException e) {
                // The broker ends it when the next one connects or its time is over.
            }
        }
        producer.close(Duration.ofSeconds(5));
    }
}
