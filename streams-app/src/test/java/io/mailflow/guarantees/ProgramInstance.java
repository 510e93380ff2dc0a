package io.mailflow.guarantees;

import io.mailflow.config.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** {@code mailflow run} as a process of its own. Its state folder stays its own over a restart. */
final class ProgramInstance implements AutoCloseable {

    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);
    private static final String RUNNING = "Running as ";

    private final Path directory;
    private final String name;
    private ChildProcess process;
    private int printedBefore;

    private ProgramInstance(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Starts an instance and returns at once. */
    static ProgramInstance start(Path directory, String name, KafkaSettings kafka) {
        ProgramInstance instance = new ProgramInstance(directory, name);
        try {
            Files.writeString(instance.config(), yaml(kafka.withStateDir(directory.resolve(name + "-state"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        instance.start();
        return instance;
    }

    /** Starts it again, or for the first time. */
    void start() {
        printedBefore = Files.exists(log()) ? read(log()).length() : 0;
        process = ChildProcess.start(
                name,
                log(),
                List.of("-Dmailflow.kafka.log.level=ERROR"),
                "io.mailflow.cli.Mailflow",
                List.of("run", "--config", config().toString(), "--verbose"));
    }

    /** Waits until it has its partitions and its state. */
    void awaitRunning() {
        Awaitility.await(name + " to run").atMost(RUNNING_WITHIN).until(() -> {
            failIfEnded();
            return process.output().indexOf(RUNNING, printedBefore) >= 0;
        });
    }

    /** It must not end by itself, but for a broker that is too busy to answer its start: whoever runs it repeats that. */
    void failIfEnded() {
        if (process.isAlive()) {
            return;
        }
        String printed = process.output().substring(printedBefore);
        if (printed.startsWith("No Kafka broker answers")) {
            start();
        } else {
            throw new AssertionError(name + " has ended by itself; its output:\n" + process.output());
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.kill();
    }

    /** A planned stop: it leaves its group. */
    void stop() {
        process.stop();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed in all its lives. */
    String output() {
        return process.output();
    }

    private Path log() {
        return directory.resolve(name + ".log");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path config() {
        return directory.resolve(name + ".yaml");
    }

    private static String yaml(KafkaSettings kafka) {
        StringBuilder properties = new StringBuilder();
        kafka.properties()
                .forEach((key, value) -> properties
                        .append("    ")
                        .append(key)
                        .append(": \"")
                        .append(value)
                        .append("\"\n"));
        return """
                web:
                  port: 0
                kafka:
                  bootstrap-servers: %s
                  application-id: %s
                  state-dir: %s
                  threads: %d
                  standby-replicas: %d
                  replication-factor: %d
                  source-partitions: %d
                  connector-partitions: %d
                  commit-interval: %s
                  properties:
                %s""".formatted(
                        kafka.bootstrapServers(),
                        kafka.applicationId(),
                        kafka.stateDir(),
                        kafka.threads(),
                        kafka.standbyReplicas(),
                        kafka.replicationFactor(),
                        kafka.sourcePartitions(),
                        kafka.connectorPartitions(),
                        kafka.commitInterval(),
                        properties);
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
