package io.mailflow.guarantees;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.Topics;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Writes a tape to a cluster, whole, in parts or at a pace. A broker that is away for a while loses and doubles nothing. */
final class Replay implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(2);

    private final Tape tape;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Future<?> pace = CompletableFuture.completedFuture(null);
    private int paced;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Replay(KafkaSettings kafka, Tape tape) {
        this.tape = tape;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        // As the ingest does, so that no batch overtakes another.
                        "max.in.flight.requests.per.connection",
                        1,
                        "max.request.size",
                        8 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes the tape up to a place, at once. */
    void writeTo(int place) {
        awaitWritten(paced);
        while (written.get() < place) {
            write(tape.entries().get(written.getAndIncrement()));
        }
        producer.flush();
        rethrow();
    }

    /** Writes the rest of the tape. */
    void writeAll() {
        writeTo(tape.size());
    }

    /** Writes something else in between. */
    void write(Tape other) {
        other.entries().forEach(this::write);
        producer.flush();
        rethrow();
    }

    /** Goes on writing in the background, at a pace at which the tape up to a place takes this long. */
    void paceTo(int place, Duration length) {
        awaitWritten(paced);
        paced = place;
        pace.cancel(false);
        long perTick = Math.max(1, (place - written.get()) * TICK.toMillis() / length.toMillis());
        pace = clock.scheduleAtFixedRate(
                () -> {
                    for (long i = 0; i < perTick && written.get() < place; i++) {
                        write(tape.entries().get(written.getAndIncrement()));
                    }
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Records not written yet. */
    int remaining() {
        rethrow();
        return tape.size() - written.get();
    }

    /** Waits until the tape is written up to a place. */
    void awaitWritten(int place) {
        Awaitility.await("the tape to be written").atMost(WRITTEN_WITHIN).until(() -> {
            rethrow();
            return written.get() >= place;
        });
    }

    /** Records written so far. */
    int written() {
        return written.get();
    }

    /** Tells every partition that nothing follows. */
    void end(Instant at) {
        try {
            byte[] value = Json.MAPPER.writerFor(TraceRecord.class).writeValueAsBytes(new EndOfInput(at));
            for (int partition = 0; partition < tape.partitions(); partition++) {
                write(new Tape.Entry(partition, null, value));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        producer.flush();
        rethrow();
    }

    private void write(Tape.Entry entry) {
        var unused = producer.send(
                new ProducerRecord<>(Topics.TRACE_EVENTS, entry.partition(), entry.key(), entry.value()),
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    private void rethrow() {
        if (failure.get() != null) {
            throw new IllegalStateException("The input could not be written", failure.get());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }
}
