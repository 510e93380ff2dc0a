package io.mailflow.guarantees;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.metadata.storage.Formatter;
import org.awaitility.Awaitility;

/**
 * Kafka brokers as processes of their own, each broker and controller in one. Ports and data folders stay theirs over a
 * restart.
 */
final class BrokerCluster implements AutoCloseable {

    private static final String CLUSTER_ID = "Z3VhcmFudGVlcy10ZXN0cw";
    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final Path directory;
    private final List<Integer> ports;
    private final List<ChildProcess> brokers = new ArrayList<>();

    private BrokerCluster(Path directory, List<Integer> ports) {
        this.directory = directory;
        this.ports = ports;
    }

    /** Formats and starts so many brokers and waits until they answer. */
    static BrokerCluster start(Path directory, int size) {
        // Two ports for each broker, in turn: for clients, and for the controllers among themselves.
        BrokerCluster cluster = new BrokerCluster(directory, freePorts(2 * size));
        try {
            for (int node = 0; node < size; node++) {
                cluster.format(node);
                cluster.brokers.add(cluster.launch(node));
            }
            cluster.awaitAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Addresses of all brokers, the stopped ones included. */
    String bootstrapServers() {
        return IntStream.range(0, size()).mapToObj(this::address).collect(Collectors.joining(","));
    }

    int size() {
        return ports.size() / 2;
    }

    /** {@code kill -9} of one broker. */
    void kill(int node) {
        brokers.get(node).kill();
    }

    /** Stops one broker as planned. */
    void stop(int node) {
        brokers.get(node).stop();
    }

    /** Starts a broker again that was stopped or killed, and waits until every partition is replicated again. */
    void restart(int node) {
        brokers.set(node, launch(node));
        awaitAll();
    }

    /** What all brokers have printed. */
    String output() {
        return brokers.stream().map(ChildProcess::output).collect(Collectors.joining());
    }

    private void awaitAll() {
        Awaitility.await("brokers at " + bootstrapServers())
                .atMost(START_WITHIN)
                .ignoreExceptions()
                .until(this::isWhole);
    }

    private boolean isWhole() throws Exception {
        brokers.stream().filter(broker -> !broker.isAlive()).findFirst().ifPresent(dead -> {
            throw new AssertionError(dead + " has ended; its output:\n" + dead.output());
        });
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            if (admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).size() < size()) {
                return false;
            }
            Map<String, TopicDescription> topics = admin.describeTopics(
                            admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS);
            return topics.values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null
                            && partition.isr().size() == partition.replicas().size());
        }
    }

    private String address(int node) {
        return "127.0.0.1:" + ports.get(2 * node);
    }

    private Path data(int node) {
        return directory.resolve("kafka-" + (node + 1));
    }

    private ChildProcess launch(int node) {
        Path properties = directory.resolve("kafka-" + (node + 1) + ".properties");
        try {
            Files.write(properties, properties(node), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildProcess.start(
                "broker " + (node + 1),
                directory.resolve("kafka-" + (node + 1) + ".log"),
                // What it reports about transactions and appends is looked at.
                List.of("-Dlogback.configurationFile=io/mailflow/guarantees/broker-logback.xml"),
                "kafka.Kafka",
                List.of(properties.toString()));
    }

    private void format(int node) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(data(node));
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(node + 1)
                    .setClusterId(CLUSTER_ID)
                    .setDirectories(List.of(data(node).toString()))
                    .setMetadataLogDirectory(data(node).toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot format " + data(node), e);
        }
    }

    private List<String> properties(int node) {
        String voters = IntStream.range(0, size())
                .mapToObj(other -> (other + 1) + "@127.0.0.1:" + ports.get(2 * other + 1))
                .collect(Collectors.joining(","));
        int replicas = size();
        int inSync = Math.max(1, size() - 1);
        return List.of(
                "process.roles=broker,controller",
                "node.id=" + (node + 1),
                "controller.quorum.voters=" + voters,
                "listeners=CLIENT://" + address(node) + ",CONTROLLER://127.0.0.1:" + ports.get(2 * node + 1),
                "advertised.listeners=CLIENT://" + address(node),
                "listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=CLIENT",
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + data(node),
                "default.replication.factor=" + replicas,
                "min.insync.replicas=" + inSync,
                "offsets.topic.replication.factor=" + replicas,
                "transaction.state.log.replication.factor=" + replicas,
                "transaction.state.log.min.isr=" + inSync,
                "share.coordinator.state.topic.replication.factor=" + replicas,
                "share.coordinator.state.topic.min.isr=" + inSync,
                "auto.create.topics.enable=false",
                "group.initial.rebalance.delay.ms=0",
                "log.message.timestamp.after.max.ms=" + Long.MAX_VALUE,
                "log.cleaner.dedupe.buffer.size=8388608",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.num.partitions=4",
                "num.network.threads=2",
                "num.io.threads=4");
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        brokers.forEach(ChildProcess::close);
    }
}
