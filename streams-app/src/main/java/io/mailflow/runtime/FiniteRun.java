package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.ingest.UnreadableRow;
import io.mailflow.naming.Stores;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.topology.MailflowTopology;
import io.mailflow.tracker.RecipientKey;
import io.mailflow.tracker.RecipientMemory;
import io.mailflow.tracker.RecipientStatuses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The whole pipeline over one finite input: embedded broker, topics, registry, stream; fed until an end-of-input
 * marker, read when that marker has come out at the other end.
 */
public final class FiniteRun implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    /** Nobody waits for what comes out before the end, which commits by itself. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(2);

    private final EmbeddedBroker broker;
    private final MailflowConfig config;
    private final Pipeline pipeline;

    private FiniteRun(EmbeddedBroker broker, MailflowConfig config, Pipeline pipeline) {
        this.broker = broker;
        this.config = config;
        this.pipeline = pipeline;
    }

    /**
     * Starts broker and stream in an empty directory.
     *
     * @param settings time and alerts as wanted; Kafka settings are replaced by those of a single node
     * @param registry published before the stream starts
     */
    public static FiniteRun start(Path directory, MailflowConfig settings, List<ConnectorEntry> registry)
            throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        try {
            MailflowConfig config = settings.withKafka(KafkaSettings.DEFAULT
                    .withBootstrapServers(broker.bootstrapServers())
                    .withStateDir(directory.resolve("state"))
                    .withCommitInterval(COMMIT_INTERVAL));
            TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
            Clients.publish(config.kafka(), registry);
            Pipeline pipeline =
                    Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
            return new FiniteRun(broker, config, pipeline);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /**
     * Feeds the input and waits until all of it has come out.
     *
     * @param end the final clock
     */
    public Outputs run(InputSpool input, Instant end) throws IOException {
        pipeline.awaitRunning(START_WITHIN);
        try (TraceProducer producer = Clients.traceProducer(config)) {
            for (Iterator<UnreadableRow> rows = input.unreadableRows(); rows.hasNext(); ) {
                producer.sendDeadLetter(rows.next());
            }
            for (Iterator<MessageTraceEvent> events = input.events(); events.hasNext(); ) {
                producer.send(events.next());
            }
            producer.endOfInput(end);
            producer.flush();
        }
        Outputs outputs = new Outputs();
        try (OutputReader reader = new OutputReader(Clients.settings(config.kafka()), Outputs.TOPICS, false)) {
            while (!hasEnded(outputs, PipelineProgress.Stage.TRACKER, config.kafka().sourcePartitions())
                    || !hasEnded(outputs, PipelineProgress.Stage.MONITOR, config.kafka().connectorPartitions())) {
                failIfBroken();
                reader.poll(outputs::accept);
            }
            reader.readToEnd(outputs::accept);
        }
        return outputs;
    }

    /** Every recipient that is queued or was given up, in no order. */
    public void recipients(Consumer<RecipientStatus> receiver) {
        ReadOnlyKeyValueStore<RecipientKey, RecipientMemory> store = pipeline.store(Stores.RECIPIENTS);
        try (KeyValueIterator<RecipientKey, RecipientMemory> all = store.all()) {
            all.forEachRemaining(entry -> RecipientStatuses.of(entry.key, entry.value).forEach(receiver));
        }
    }

    private static boolean hasEnded(Outputs outputs, PipelineProgress.Stage stage, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            if (outputs.progress(stage, partition).filter(PipelineProgress::ended).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void failIfBroken() {
        Optional<Throwable> failure = pipeline.failure().or(broker::fault);
        if (failure.isPresent()) {
            throw new PipelineException("The stream stopped: " + failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() {
        pipeline.close();
        broker.close();
    }
}
