package io.mailflow.guarantees;

import io.mailflow.config.MailflowConfig;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.topology.MailflowTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A broker of its own and, while it is wanted, the program, both in this process: for runs in which nothing dies. */
final class EmbeddedRun implements AutoCloseable {

    private static final Duration RUNNING_WITHIN = Duration.ofSeconds(60);

    private final EmbeddedBroker broker;
    private final MailflowConfig config;
    private @Nullable Pipeline pipeline;

    private EmbeddedRun(EmbeddedBroker broker, MailflowConfig config) {
        this.broker = broker;
        this.config = config;
    }

    /** Starts a broker with all topics and the demo's registry; the program does not run yet. */
    static EmbeddedRun prepare(Path directory, MailflowConfig settings) {
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        try {
            MailflowConfig config = settings.withKafka(settings.kafka()
                    .withBootstrapServers(broker.bootstrapServers())
                    .withStateDir(directory.resolve("state")));
            Setup.provision(config.kafka());
            return new EmbeddedRun(broker, config);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** The configuration with the broker's address. */
    MailflowConfig config() {
        return config;
    }

    /** Starts the program and waits until it takes events. */
    void startProgram() {
        pipeline = Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
        pipeline.awaitRunning(RUNNING_WITHIN);
    }

    /** Stops the program as planned. */
    void stopProgram() {
        if (pipeline != null) {
            pipeline.close();
            pipeline = null;
        }
    }

    /** The program runs and nothing stopped it. */
    boolean isRunning() {
        return pipeline != null && pipeline.isRunning() && pipeline.failure().isEmpty();
    }

    /** What stopped the program, if anything did. */
    Optional<Throwable> failure() {
        return pipeline == null ? Optional.empty() : pipeline.failure();
    }

    Replay replay(Tape tape) {
        return new Replay(config.kafka(), tape);
    }

    OutcomeReader outputs() {
        return new OutcomeReader(config.kafka());
    }

    @Override
    public void close() {
        stopProgram();
        broker.close();
    }
}
