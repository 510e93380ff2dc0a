package io.mailflow.runtime;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.topology.MailflowTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Broker, topics, registry and stream in one process, with all their data in one directory. */
public final class EmbeddedPipeline implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private final EmbeddedBroker broker;
    private final MailflowConfig config;
    private final Pipeline pipeline;

    private EmbeddedPipeline(EmbeddedBroker broker, MailflowConfig config, Pipeline pipeline) {
        this.broker = broker;
        this.config = config;
        this.pipeline = pipeline;
    }

    /**
     * Starts everything; goes on from what the directory holds.
     *
     * @param settings as wanted; brokers and state directory are replaced
     * @param registry published before the stream starts
     */
    public static EmbeddedPipeline start(Path directory, MailflowConfig settings, List<ConnectorEntry> registry)
            throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        try {
            MailflowConfig config = settings.withKafka(settings.kafka()
                    .withBootstrapServers(broker.bootstrapServers())
                    .withStateDir(directory.resolve("state")));
            TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
            Clients.publish(config.kafka(), registry);
            Pipeline pipeline = Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
            return new EmbeddedPipeline(broker, config, pipeline);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** The configuration it runs with: its brokers are in there. */
    public MailflowConfig config() {
        return config;
    }

    /** Waits until it takes events. */
    public void awaitRunning() {
        try {
            pipeline.awaitRunning(START_WITHIN);
        } catch (PipelineException e) {
            failIfBroken();
            throw e;
        }
    }

    /** The stream itself. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** Throws what broke it, if it is broken. */
    public void failIfBroken() {
        Optional<Throwable> failure = pipeline.failure().or(broker::fault);
        if (failure.isPresent()) {
            throw new PipelineException(StopReason.embedded(failure.get()), failure.get());
        }
    }

    /** See {@link Pipeline#store}. */
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String name) {
        return pipeline.store(name);
    }

    @Override
    public void close() {
        pipeline.close();
        broker.close();
    }
}
