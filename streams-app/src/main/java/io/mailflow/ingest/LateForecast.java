package io.mailflow.ingest;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/**
 * How many events that are about to be written the stream will find too late to count, by how far it said to have come
 * on the partition of each. A forecast: the stream goes on meanwhile, and what it has counted before is a duplicate.
 */
public final class LateForecast {

    /** Every partition of a stream that runs speaks several times among so many. */
    private static final long RECORDS = 20_000;

    private final Map<Integer, Instant> progress;
    private final int partitions;
    private final Duration lateness;
    private long late;

    /**
     * A forecast by what is known of the stream.
     *
     * @param progress of each partition of the trace events; a partition that is missing has not been read yet
     * @param partitions of the trace events
     * @param lateness by how much an event may be older than its partition's progress
     */
    LateForecast(Map<Integer, Instant> progress, int partitions, Duration lateness) {
        this.progress = Map.copyOf(progress);
        this.partitions = partitions;
        this.lateness = lateness;
    }

    /**
     * Asks how far the stream has come. Where that cannot be read, nothing is forecast: writing needs no right to read.
     *
     * @param topic of the progress
     */
    public static LateForecast read(Map<String, ?> clientConfig, String topic, int partitions, Duration lateness) {
        Map<Integer, Instant> progress = new HashMap<>();
        try {
            TopicTail.each(clientConfig, topic, RECORDS, message -> {
                try {
                    PipelineProgress part = Json.MAPPER.readValue(message, PipelineProgress.class);
                    if (part.stage() == PipelineProgress.Stage.TRACKER) {
                        progress.put(part.partition(), part.progress());
                    }
                } catch (IOException e) {
                    // Somebody else wrote there; it tells nothing.
                }
            });
        } catch (KafkaException e) {
            progress.clear();
        }
        return new LateForecast(progress, partitions, lateness);
    }

    /** One more event is written. */
    public void add(MessageTraceEvent event) {
        if (event.event() == EventClass.OTHER) {
            return; // No attempt, whenever it comes.
        }
        byte[] key = TraceProducer.messageKey(event).getBytes(StandardCharsets.UTF_8);
        // Where Kafka's producer puts a record with this key.
        Instant come = progress.get(Utils.toPositive(Utils.murmur2(key)) % partitions);
        if (come != null && event.timestamp().isBefore(come.minus(lateness))) {
            late++;
        }
    }

    /** How many of them will be late. */
    public long late() {
        return late;
    }

    /** How far the stream has come where it has come furthest, if it ever read anything. */
    public Optional<Instant> furthest() {
        return progress.values().stream().max(Instant::compareTo);
    }
}
