package io.mailflow.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node Kafka broker (KRaft, controller and broker in one) in this process, for {@code demo},
 * {@code analyze} and the tests. It listens on loopback only, on a free port, and any Kafka client can reach it.
 *
 * <p>Its parts are internal classes of the Kafka server, put together as {@code kafka.server.KafkaRaftServer} does, but
 * with ports that are already bound and with faults that are kept instead of ending the process. All knowledge of them
 * stays in this class; the version of Kafka is pinned.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int NODE_ID = 1;
    /** Always the same, so that a folder that is formatted already counts as this cluster's: 16 bytes in base 64. */
    private static final String CLUSTER_ID = "bWFpbGZsb3ctZW1iZWRkZQ";
    /** A planned stop hands over nothing on a single node; longer than this something hangs. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final String bootstrapServers;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final Metrics metrics;
    private final BoundSockets sockets;
    private final FolderLock lock;
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(Path dataDir, BoundSockets sockets, FolderLock lock) throws IOException {
        this.sockets = sockets;
        this.lock = lock;
        int port = sockets.bind();
        int controllerPort = sockets.bind();
        bootstrapServers = "127.0.0.1:" + port;
        KafkaConfig config = new KafkaConfig(properties(dataDir, port, controllerPort), false);
        // A tuple of the log directories' properties and the metadata to begin with.
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        metrics = new Metrics(Time.SYSTEM);
        SharedServer shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                (name, fatal, action) -> (message, cause) -> note(name, fatal, message, cause),
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        broker = new BrokerServer(shared);
    }

    /**
     * Starts a broker on a data directory: one that was used before is resumed with its topics, an empty or missing one
     * is formatted.
     *
     * @throws EmbeddedBrokerException if the directory is in use or cannot be used
     */
    public static EmbeddedBroker start(Path dataDir) {
        Path absolute = dataDir.toAbsolutePath();
        try {
            Files.createDirectories(absolute);
            FolderLock lock =
                    FolderLock.take(absolute, "another broker is using this folder; stop it, or choose another folder");
            try {
                return start(absolute, lock);
            } catch (Exception e) {
                quietly("lock", lock::close);
                throw e;
            }
        } catch (Exception e) {
            throw new EmbeddedBrokerException(
                    "The embedded Kafka broker cannot start on " + absolute + ": " + reason(e), e);
        }
    }

    private static EmbeddedBroker start(Path dataDir, FolderLock lock) throws Exception {
        format(dataDir);
        BoundSockets sockets = new BoundSockets();
        EmbeddedBroker broker;
        try {
            broker = new EmbeddedBroker(dataDir, sockets, lock);
        } catch (Exception e) {
            quietly("sockets", sockets::close);
            throw e;
        }
        try {
            broker.controller.startup();
            broker.broker.startup();
        } catch (Exception e) {
            broker.close();
            // The first fault is the cause; what is thrown may be what came of it.
            throw broker.fault()
                    .map(IllegalStateException::new)
                    .map(Exception.class::cast)
                    .orElse(e);
        }
        LOG.info("Embedded broker on {}, data in {}", broker.bootstrapServers, dataDir);
        return broker;
    }

    /** Where clients find it: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The first fault that left the broker unusable, for its owner to stop on. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault.get());
    }

    /** Stops broker and controller and keeps the data; a second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        quietly("broker", () -> broker.shutdown(STOP_WITHIN));
        quietly("controller", controller::shutdown);
        quietly("metrics", metrics::close);
        quietly("sockets", sockets::close);
        quietly("lock", lock::close);
    }

    private RuntimeException note(String name, boolean fatal, String message, @Nullable Throwable cause) {
        Throwable noted = cause == null ? new IllegalStateException(message) : cause;
        // While it closes, parts that are still up miss those that are gone.
        if (fatal && !closed.get() && fault.compareAndSet(null, noted)) {
            LOG.info("Embedded broker: fault in {}: {}", name, message, cause);
        }
        return new IllegalStateException(name + ": " + message, cause);
    }

    private static void format(Path dataDir) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(NODE_ID)
                    .setClusterId(CLUSTER_ID)
                    .setDirectories(List.of(dataDir.toString()))
                    .setMetadataLogDirectory(dataDir.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    private static Map<String, String> properties(Path dataDir, int port, int controllerPort) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", Integer.toString(NODE_ID));
        config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        config.put("listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        config.put("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        config.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("inter.broker.listener.name", "CLIENT");
        config.put("controller.listener.names", "CONTROLLER");
        config.put("log.dirs", dataDir.toString());

        // One node: nothing to replicate to.
        config.put("default.replication.factor", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");

        // A topic exists because somebody provisioned it; a typing error must not make one.
        config.put("auto.create.topics.enable", "false");
        // Who stopped the demo for a month resumes where it was.
        config.put("offsets.retention.minutes", Integer.toString(365 * 24 * 60));
        // The first member of the only group need not wait for others.
        config.put("group.initial.rebalance.delay.ms", "0");
        // Changelogs carry event times, which may be far from the broker's clock.
        config.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));

        // Small: this shares a heap of 1 GiB with the stream. The cleaner alone would take 128 MiB by default.
        config.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        config.put("log.segment.bytes", Integer.toString(64 << 20));
        config.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        config.put("offsets.topic.num.partitions", "4");
        config.put("offsets.topic.segment.bytes", Integer.toString(16 << 20));
        config.put("transaction.state.log.num.partitions", "4");
        config.put("transaction.state.log.segment.bytes", Integer.toString(16 << 20));
        config.put("share.coordinator.state.topic.num.partitions", "1");
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        config.put("group.coordinator.threads", "1");
        return config;
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        if (root instanceof FileSystemException) {
            // Its message is only the path.
            return root.getClass().getSimpleName() + " for " + message;
        }
        return message;
    }

    private static void quietly(String part, Closing closing) {
        try {
            closing.close();
        } catch (Exception e) {
            // A stop goes on: what is left has to be closed, too.
            LOG.debug("Closing the embedded broker's {} failed", part, e);
        }
    }

    private interface Closing {
        void close() throws Exception;
    }
}
