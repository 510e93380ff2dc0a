package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.web.StreamReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running stream. A failure that no handler took stops it and is kept for its owner, unless a new thread cures it
 * ({@link ThreadReplacement}), which is logged: nothing restarts silently.
 */
public final class Pipeline implements AutoCloseable {

    /** Long enough to finish a transaction and flush the stores; a stop that takes longer is given up. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final ThreadReplacement replacement = new ThreadReplacement();
    private final KafkaStreams streams;
    private final KafkaSettings kafka;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Pipeline(MailflowConfig config, Topology topology) {
        kafka = config.kafka();
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(exception -> {
            StreamThreadExceptionResponse response =
                    replacement.decide(exception, InstantSource.system().instant());
            if (response == StreamThreadExceptionResponse.REPLACE_THREAD) {
                LOG.warn("A stream thread failed and is replaced; nothing is lost or counted twice.", exception);
            } else {
                failure.compareAndSet(null, exception);
            }
            return response;
        });
        streams.setStateListener((now, before) -> {
            switch (now) {
                case RUNNING -> running.complete(null);
                case ERROR, NOT_RUNNING -> {
                    running.completeExceptionally(new PipelineException("The stream has stopped"));
                    stopped.countDown();
                }
                default -> {
                    // On its way.
                }
            }
        });
    }

    /**
     * Starts a stream and returns at once. Stores that cannot be opened, as a process that was killed may leave them,
     * are dropped and built anew from Kafka, which has all they held.
     *
     * @param topology built with {@link StreamsProperties#of} of the same configuration
     * @throws PipelineException if it cannot start, such as over a state directory that another process uses
     * @throws BrokerUnavailableException if the brokers' addresses cannot be used
     */
    public static Pipeline start(MailflowConfig config, Topology topology) {
        try {
            return of(config, topology).started();
        } catch (ProcessorStateException unreadable) {
            LOG.warn(
                    "The state in {} cannot be opened ({}); it is built anew from Kafka.",
                    config.kafka().stateDir(),
                    unreadable.getMessage());
            return anew(config, topology);
        } catch (StreamsException e) {
            throw cannotStart(config, e);
        }
    }

    private static Pipeline of(MailflowConfig config, Topology topology) {
        try {
            return new Pipeline(config, topology);
        } catch (StreamsException e) {
            throw new PipelineException("The stream cannot start: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw BrokerFailure.explain(config.kafka().bootstrapServers(), e);
        }
    }

    private static Pipeline anew(MailflowConfig config, Topology topology) {
        Pipeline pipeline = of(config, topology);
        try {
            pipeline.streams.cleanUp();
            return pipeline.started();
        } catch (StreamsException e) {
            throw cannotStart(config, e);
        }
    }

    private Pipeline started() {
        try {
            streams.start();
            return this;
        } catch (StreamsException e) {
            close();
            throw e;
        }
    }

    private static PipelineException cannotStart(MailflowConfig config, StreamsException e) {
        return new PipelineException(
                "The stream cannot start with its state in " + config.kafka().stateDir() + ": " + e.getMessage(), e);
    }

    /**
     * Waits until the stream has its partitions and its state restored.
     *
     * @throws PipelineException if it stops instead, or takes longer than the timeout
     */
    public void awaitRunning(Duration timeout) {
        try {
            running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw stoppedBecause();
        } catch (TimeoutException e) {
            throw new PipelineException(
                    "The stream is not running after " + timeout.toSeconds() + " s (its state is " + streams.state()
                            + "): is the Kafka cluster at " + kafka.bootstrapServers() + " well?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("Interrupted while the stream was starting", e);
        }
    }

    /**
     * Waits until the stream has stopped, be it that somebody closed it or that it failed.
     *
     * @throws PipelineException if it failed
     */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
        if (failure.get() != null) {
            throw stoppedBecause();
        }
    }

    /** Whether it takes events now. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it has stopped, be it that somebody closed it or that it failed. */
    public boolean hasStopped() {
        return stopped.getCount() == 0;
    }

    /** The first failure that no handler took, if any: the stream stops or has stopped because of it. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** A key-value store of this instance, for reading what never leaves it on a topic. */
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String name) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }

    /** Hands the metrics of Kafka Streams and its clients to a registry, until it is closed. */
    AutoCloseable bindMetrics(MeterRegistry registry) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return metrics;
    }

    /** What its threads have to do, and how large its state is. */
    StreamReport report() {
        List<StreamReport.StreamThread> threads = streams.metadataForLocalThreads().stream()
                .sorted(Comparator.comparing(ThreadMetadata::threadName))
                .map(thread -> new StreamReport.StreamThread(
                        thread.threadName(),
                        word(thread.threadState()),
                        tasks(thread.activeTasks()),
                        tasks(thread.standbyTasks())))
                .toList();
        return new StreamReport(word(streams.state().name()), stateBytes(), threads);
    }

    /** How Kafka knows this instance: what the names of its threads begin with; empty before it has threads. */
    String instance() {
        return streams.metadataForLocalThreads().stream()
                .map(thread -> thread.threadName().replaceFirst("-StreamThread-\\d+$", ""))
                .findFirst()
                .orElse("");
    }

    private static String word(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> tasks(Set<TaskMetadata> tasks) {
        return tasks.stream().map(task -> task.taskId().toString()).sorted().toList();
    }

    private long stateBytes() {
        Path folder = kafka.stateDir().resolve(kafka.applicationId());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            // Stores come and go while one looks; the next look tells.
            return 0;
        }
    }

    /** What the stream is doing, in Kafka's words. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    /** Stops and leaves the consumer group, so that a next start need not wait for this member's session to end. */
    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        stopped.countDown();
    }

    private PipelineException stoppedBecause() {
        Throwable cause = failure.get();
        if (cause == null) {
            return new PipelineException("The stream was stopped");
        }
        return new PipelineException(StopReason.sentence(cause, kafka), cause);
    }
}
