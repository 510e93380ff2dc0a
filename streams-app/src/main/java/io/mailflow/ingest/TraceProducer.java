package io.mailflow.ingest;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.mailflow.format.InputException;
import io.mailflow.format.UnreadableRow;
import io.mailflow.naming.Keys;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to {@code mailflow.trace-events} and what could not be read to {@code mailflow.dead-letters}.
 *
 * <p>An event's key is its message's identity, so that all that happens to a message is on one partition, in order.
 * Every partition is told how far this writer has come, at least every five seconds of wall clock while events are
 * written or {@link #tick} is called. Used by one thread.
 */
public final class TraceProducer implements AutoCloseable {

    /** Header of a dead letter: why the row could not be read. */
    public static final String ERROR_REASON = "mailflow.error.reason";
    /** Header of a dead letter: the input it stood in. */
    public static final String ERROR_FILE = "mailflow.error.file";
    /** Header of a dead letter: its first line there, as decimal digits. */
    public static final String ERROR_LINE = "mailflow.error.line";

    private static final Duration BETWEEN_MARKS = Duration.ofSeconds(5);
    /** An event is what a value is that says nothing else. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    private interface Plain {}

    private static final ObjectWriter EVENT =
            Json.MAPPER.copy().addMixIn(MessageTraceEvent.class, Plain.class).writerFor(MessageTraceEvent.class);
    private static final ObjectWriter MARK = Json.MAPPER.writerFor(TraceRecord.class);

    private final Producer<byte[], byte[]> producer;
    private final Target target;
    private final InstantSource wallClock;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private @Nullable Instant newest;
    private Instant lastMarks;

    /**
     * Where to write.
     *
     * @param eventsTopic the topic of events and marks
     * @param partitions how many partitions that topic has
     * @param deadLettersTopic the topic of rows that could not be read
     * @param reorderBound how much older than the newest event a later one may be without holding progress back
     */
    public record Target(String eventsTopic, int partitions, String deadLettersTopic, Duration reorderBound) {}

    /** Writes with a producer that somebody else made, which is closed with this one. */
    TraceProducer(Producer<byte[], byte[]> producer, Target target, InstantSource wallClock) {
        this.producer = producer;
        this.target = target;
        this.wallClock = wallClock;
        this.lastMarks = wallClock.instant();
    }

    /**
     * Connects.
     *
     * @param clientConfig settings of the Kafka client, at least {@code bootstrap.servers}; security goes here too.
     *     Serializers, acknowledgements and what keeps the order are ours and win
     * @throws InputException if no broker answers or the topic is not there
     */
    public static TraceProducer connect(Map<String, ?> clientConfig, Target target, InstantSource wallClock)
            throws InputException {
        Map<String, Object> config = new HashMap<>();
        // Fast for files of millions of rows: big compressed batches, and time for them to fill.
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.putAll(clientConfig);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Of a writer it does not know yet, a broker takes any batch for the first. Were a second one on its way while
        // the first is refused, as by a topic that is just being made, the first could never be written any more.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        Object servers = config.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        KafkaProducer<byte[], byte[]> producer;
        try {
            producer = new KafkaProducer<>(config);
        } catch (KafkaException e) {
            throw new InputException("The Kafka settings are not usable: " + rootMessage(e) + ".", e);
        }
        try {
            producer.partitionsFor(target.eventsTopic());
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new InputException(
                    "No Kafka broker at " + servers + " gives topic " + target.eventsTopic()
                            + "; check --bootstrap-servers, and create the topics with: mailflow topics create.",
                    e);
        }
        return new TraceProducer(producer, target, wallClock);
    }

    /** Writes an event; the record's timestamp is the event's own, as befits finite input. */
    public void send(MessageTraceEvent event) throws IOException {
        send(event, event.timestamp());
    }

    /** Writes an event with the time it is written at, for live input. */
    public void sendLive(MessageTraceEvent event) throws IOException {
        send(event, wallClock.instant());
    }

    private void send(MessageTraceEvent event, Instant recordTime) throws IOException {
        write(new ProducerRecord<>(
                target.eventsTopic(),
                null,
                recordTime.toEpochMilli(),
                messageKey(event).getBytes(StandardCharsets.UTF_8),
                json(EVENT, event)));
        boolean newer = newest == null || event.timestamp().isAfter(newest);
        // An event from the future is refused by its reader and must not move the progress of all others.
        if (newer && !event.timestamp().isAfter(wallClock.instant())) {
            newest = event.timestamp();
        }
        tick();
    }

    /** Goes on from the newest event time that an earlier process of this writer wrote. */
    void resumeAt(Instant earlier) {
        if (newest == null || earlier.isAfter(newest)) {
            newest = earlier;
        }
    }

    /** Whether {@link #tick} would write marks now. */
    boolean isMarkDue() {
        return newest != null && !wallClock.instant().isBefore(lastMarks.plus(BETWEEN_MARKS));
    }

    /** Writes marks if the last ones are five seconds old; to be called now and then while there are no events. */
    public void tick() throws IOException {
        if (isMarkDue()) {
            markProgress();
        }
    }

    /** Tells every partition how far this writer has come, however long ago it last did. */
    public void markProgress() throws IOException {
        if (newest != null) {
            lastMarks = wallClock.instant();
            mark(new ProgressMark(newest.minus(target.reorderBound())), newest);
        }
    }

    /** Tells every partition that this finite input is over. */
    public void endOfInput(Instant at) throws IOException {
        mark(new EndOfInput(at), at);
        flush();
    }

    private void mark(TraceRecord mark, Instant recordTime) throws IOException {
        byte[] value = json(MARK, mark);
        for (int partition = 0; partition < target.partitions(); partition++) {
            write(new ProducerRecord<>(target.eventsTopic(), partition, recordTime.toEpochMilli(), null, value));
        }
    }

    /** Keeps a row that could not be read: its text in UTF-8, and why and where in the headers. */
    public void sendDeadLetter(UnreadableRow row) throws IOException {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                target.deadLettersTopic(), null, null, row.raw().getBytes(StandardCharsets.UTF_8));
        Headers headers = letter.headers();
        headers.add(ERROR_REASON, row.reason().getBytes(StandardCharsets.UTF_8));
        headers.add(ERROR_FILE, row.file().getBytes(StandardCharsets.UTF_8));
        headers.add(ERROR_LINE, Long.toString(row.line()).getBytes(StandardCharsets.UTF_8));
        write(letter);
    }

    /** Waits until everything written so far is acknowledged. */
    public void flush() throws IOException {
        producer.flush();
        rethrow();
    }

    /** The identity of the event's message, which every reader gave it (see {@link Keys#message}). */
    static String messageKey(MessageTraceEvent event) {
        return Keys.message(event).orElseThrow(() -> new IllegalArgumentException("it names no message: " + event));
    }

    private void write(ProducerRecord<byte[], byte[]> record) throws IOException {
        rethrow();
        try {
            // The callback tells of failures, so that sending need not wait.
            var unused = producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (KafkaException e) {
            throw notWritten(e);
        }
    }

    private void rethrow() throws IOException {
        Exception first = failure.get();
        if (first != null) {
            throw notWritten(first);
        }
    }

    private static InputException notWritten(Exception e) {
        return new InputException("Events could not be written to Kafka: " + rootMessage(e) + ".", e);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static byte[] json(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of the schema can always be written", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
