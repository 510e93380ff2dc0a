package io.mailflow.runtime;

import io.mailflow.config.DurationText;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.ReadProgress;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.StoreNames;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.tracker.RecipientKey;
import io.mailflow.tracker.RecipientMemory;
import io.mailflow.tracker.RecipientStatuses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The whole pipeline over one finite input: fed until an end-of-input marker, read when that marker has come out at the
 * other end.
 */
public final class FiniteRun implements AutoCloseable {

    /** Nobody waits for what comes out before the end, which commits by itself. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(2);

    /** Far longer than the stream ever works between two commits. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EmbeddedPipeline embedded;

    private FiniteRun(EmbeddedPipeline embedded) {
        this.embedded = embedded;
    }

    /**
     * Starts broker and stream in an empty directory.
     *
     * @param settings time and alerts as wanted; Kafka settings are replaced by those of a single node
     * @param registry published before the stream starts
     */
    public static FiniteRun start(Path directory, MailflowConfig settings, List<ConnectorEntry> registry)
            throws IOException {
        KafkaSettings kafka = KafkaSettings.DEFAULT.withCommitInterval(COMMIT_INTERVAL);
        return new FiniteRun(EmbeddedPipeline.start(directory, settings.withKafka(kafka), registry));
    }

    /**
     * Feeds the input and waits until all of it has come out.
     *
     * @param end the final clock
     * @param progress told how much of the work is done, where writing an event is half of it and counting it the other
     * @throws PipelineException if the stream breaks, or lets nothing out for minutes
     */
    public Outputs run(InputSpool input, Instant end, ReadProgress progress) throws IOException {
        return run(input, end, progress, PATIENCE);
    }

    /** @param patience how long to wait without a record */
    Outputs run(InputSpool input, Instant end, ReadProgress progress, Duration patience) throws IOException {
        embedded.awaitRunning();
        long events = input.accounting().emitted();
        AtomicLong written = new AtomicLong();
        try (TraceProducer producer = Clients.traceProducer(embedded.config())) {
            Feed.everything(input, producer, event -> progress.read(written.incrementAndGet(), 2 * events));
            producer.endOfInput(end);
            producer.flush();
        }
        KafkaSettings kafka = embedded.config().kafka();
        Outputs outputs = new Outputs();
        AtomicLong heard = new AtomicLong(System.nanoTime());
        try (OutputReader reader = new OutputReader(Clients.settings(kafka), Outputs.TOPICS, false)) {
            while (!hasEnded(outputs, PipelineProgress.Stage.TRACKER, kafka.sourcePartitions())
                    || !hasEnded(outputs, PipelineProgress.Stage.MONITOR, kafka.connectorPartitions())) {
                embedded.failIfBroken();
                reader.poll(message -> {
                    outputs.accept(message);
                    heard.set(System.nanoTime());
                });
                if (System.nanoTime() - heard.get() > patience.toNanos()) {
                    throw new PipelineException("Nothing has come out of the stream for "
                            + DurationText.brief(patience)
                            + ", though all of the input is in; try again, and if it lasts, with more memory"
                            + " (MAILFLOW_JAVA_OPTS=-Xmx2g)");
                }
                progress.read(events + settled(outputs, kafka.sourcePartitions()), 2 * events);
            }
            reader.readToEnd(outputs::accept);
        }
        return outputs;
    }

    /** Every recipient that is queued or was given up, in no order. */
    public void recipients(Consumer<RecipientStatus> receiver) {
        ReadOnlyKeyValueStore<RecipientKey, RecipientMemory> store = embedded.store(StoreNames.RECIPIENTS);
        try (KeyValueIterator<RecipientKey, RecipientMemory> all = store.all()) {
            all.forEachRemaining(
                    entry -> RecipientStatuses.of(entry.key, entry.value).forEach(receiver));
        }
    }

    private static long settled(Outputs outputs, int partitions) {
        long settled = 0;
        for (int partition = 0; partition < partitions; partition++) {
            settled += outputs.progress(PipelineProgress.Stage.TRACKER, partition)
                    .map(PipelineProgress::accounting)
                    .map(FiniteRun::sum)
                    .orElse(0L);
        }
        return settled;
    }

    private static long sum(Accounting ends) {
        return ends.counted() + ends.duplicates() + ends.notAttempts() + ends.late() + ends.future();
    }

    private static boolean hasEnded(Outputs outputs, PipelineProgress.Stage stage, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            if (outputs.progress(stage, partition)
                    .filter(PipelineProgress::ended)
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        embedded.close();
    }
}
