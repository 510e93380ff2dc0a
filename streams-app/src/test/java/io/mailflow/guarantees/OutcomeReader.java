package io.mailflow.guarantees;

import com.fasterxml.jackson.databind.ObjectReader;
import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.Alert;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** Reads all output topics as anybody may: committed records only. */
final class OutcomeReader implements AutoCloseable {

    static final Duration END_WITHIN = Duration.ofMinutes(3);

    private static final Set<String> TOPICS = Set.of(
            Topics.ALERTS,
            Topics.ALERT_STATE,
            Topics.CONNECTOR_FAILURES,
            Topics.CONNECTOR_HEALTH,
            Topics.LATE_EVENTS,
            Topics.DEAD_LETTERS,
            Topics.PROGRESS);

    private static final ObjectReader PROGRESS = Json.MAPPER.readerFor(PipelineProgress.class);
    private static final ObjectReader ALERT = Json.MAPPER.readerFor(Alert.class);

    private final KafkaSettings kafka;
    private final OutputReader reader;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final Map<String, PipelineProgress> progress = new HashMap<>();

    OutcomeReader(KafkaSettings kafka) {
        this.kafka = kafka;
        reader = new OutputReader(Map.of("bootstrap.servers", kafka.bootstrapServers()), TOPICS, false);
    }

    /** Takes in what has arrived. */
    void poll() {
        reader.poll(this::accept);
    }

    /** Takes in everything up to the end that the topics have now. */
    void readToEnd() {
        reader.readToEnd(this::accept);
    }

    /** How many events the sources have accounted for. */
    long accounted() {
        return accounting().events();
    }

    /** What became of the events of all sources. */
    Accounting accounting() {
        return progress.values().stream()
                .map(PipelineProgress::accounting)
                .filter(Objects::nonNull)
                .reduce(Accounting.NONE, Accounting::plus);
    }

    /** The number of dead letters. */
    long deadLetters() {
        return records.stream()
                .filter(message -> message.topic().equals(Topics.DEAD_LETTERS))
                .count();
    }

    /** Every publication of every alert, as the topic has them. */
    List<Alert> publications() {
        return records.stream()
                .filter(message -> message.topic().equals(Topics.ALERTS))
                .map(OutcomeReader::alert)
                .toList();
    }

    /** The least progress that the monitor has told of, {@link Instant#MIN} before all its partitions have. */
    Instant monitored() {
        List<Instant> told = progress.values().stream()
                .filter(at -> at.stage() == PipelineProgress.Stage.MONITOR)
                .map(PipelineProgress::progress)
                .sorted()
                .toList();
        return told.size() < kafka.connectorPartitions() ? Instant.MIN : told.get(0);
    }

    /** Waits until so many events are accounted for; those from the future are dead letters instead. */
    void awaitAccounted(long events) {
        Awaitility.await(events + " events to be accounted for")
                .atMost(END_WITHIN)
                .until(() -> {
                    poll();
                    return accounted() - accounting().future() == events;
                });
    }

    /** Waits until everything up to the end-of-input marker has come out, and gives it. */
    Outcome awaitEnd(Instant end) {
        Awaitility.await("the end of the input, " + end + ", to come out")
                .atMost(END_WITHIN)
                .until(() -> {
                    poll();
                    return hasEnded(end);
                });
        readToEnd();
        return outcome();
    }

    /** What has come out so far, as readers see it. */
    Outputs outputs() {
        Outputs outputs = new Outputs();
        records.stream()
                .filter(message -> Outputs.TOPICS.contains(message.topic()))
                .forEach(outputs::accept);
        return outputs;
    }

    /** What has come out so far. */
    Outcome outcome() {
        return Outcome.of(records);
    }

    /** Whether everything up to the end-of-input marker has come out, as far as it was read. */
    boolean hasEnded(Instant end) {
        long parts = Stream.concat(
                        Stream.iterate(0, partition -> partition + 1)
                                .limit(kafka.sourcePartitions())
                                .map(partition -> "tracker/" + partition),
                        Stream.iterate(0, partition -> partition + 1)
                                .limit(kafka.connectorPartitions())
                                .map(partition -> "monitor/" + partition))
                .map(progress::get)
                .filter(at -> at != null && at.ended() && at.progress().equals(end))
                .count();
        return parts == kafka.sourcePartitions() + kafka.connectorPartitions();
    }

    private void accept(ConsumerRecord<String, byte[]> message) {
        records.add(message);
        if (message.topic().equals(Topics.PROGRESS)) {
            try {
                progress.put(message.key(), PROGRESS.readValue(message.value()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Alert alert(ConsumerRecord<String, byte[]> message) {
        try {
            return ALERT.readValue(message.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
