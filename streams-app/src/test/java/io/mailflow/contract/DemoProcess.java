package io.mailflow.contract;

import io.mailflow.cli.Mailflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code mailflow demo} as somebody starts it who wants to see it, on any free port. */
final class DemoProcess implements AutoCloseable {

    private static final String ADDRESS = "Page, API and metrics: ";
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;

    private DemoProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static DemoProcess start(Path directory, URI alertmanager) throws IOException {
        Path log = directory.resolve("demo.log");
        return new DemoProcess(
                new ProcessBuilder(List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx768m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Mailflow.class.getName(),
                                "demo",
                                "--port=0",
                                "--data=" + directory.resolve("data"),
                                "--alertmanager=" + alertmanager))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Where the page is, once it says so. */
    URI address() {
        return URI.create(Awaitility.await("the address in " + log)
                .atMost(SOON)
                .until(this::said, Optional::isPresent)
                .orElseThrow());
    }

    private Optional<String> said() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The demo has stopped: " + output());
        }
        return output().lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> line.substring(ADDRESS.length()))
                .findFirst();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
