package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Stores;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.topology.MailflowTopology;
import io.mailflow.tracker.RecipientKey;
import io.mailflow.tracker.RecipientMemory;
import io.mailflow.tracker.RecipientStatuses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The whole pipeline over one finite input: embedded broker, topics, registry, stream; fed until an end-of-input
 * marker, read when that marker has come out at the other end.
 */
public final class FiniteRun implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private final EmbeddedBroker broker;
    private final MailflowConfig config;
    private final Pipeline pipeline;

    private FiniteRun(EmbeddedBroker broker, MailflowConfig config, Pipeline pipeline) {
        this.broker = broker;
        this.config = config;
        this.pipeline = pipeline;
    }

    /** Writes to a cluster. */
    public interface Feed {
        /** Writes with these client settings, events first, end-of-input markers last. */
        void write(Map<String, Object> client) throws IOException;
    }

    /**
     * Starts broker and stream in an empty directory.
     *
     * @param settings time and alerts as wanted; Kafka settings are replaced by those of a single node
     * @param registry published before the stream starts
     */
    public static FiniteRun start(Path directory, MailflowConfig settings, Feed registry) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        try {
            KafkaSettings defaults = KafkaSettings.DEFAULT;
            MailflowConfig config = settings.withKafka(defaults.withBootstrapServers(broker.bootstrapServers())
                    .withStateDir(directory.resolve("state")));
            TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
            registry.write(client(config));
            Pipeline pipeline =
                    Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
            return new FiniteRun(broker, config, pipeline);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Feeds the input and waits until all of it has come out. */
    public Outputs run(Feed input, Consumer<PipelineProgress> onProgress) throws IOException {
        pipeline.awaitRunning(START_WITHIN);
        input.write(client(config));
        Outputs outputs = new Outputs();
        try (OutputReader reader = new OutputReader(client(config), Outputs.TOPICS, false)) {
            while (!hasEnded(outputs, PipelineProgress.Stage.TRACKER, config.kafka().sourcePartitions())
                    || !hasEnded(outputs, PipelineProgress.Stage.MONITOR, config.kafka().connectorPartitions())) {
                failIfBroken();
                reader.poll(outputs::accept);
                outputs.progress(PipelineProgress.Stage.TRACKER, 0).ifPresent(onProgress);
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

    private static Map<String, Object> client(MailflowConfig config) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    }

    @Override
    public void close() {
        pipeline.close();
        broker.close();
    }
}
