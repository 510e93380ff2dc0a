package io.mailflow.route;

import io.mailflow.serde.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real Alertmanager that calls a webhook; it keeps its address and its memory over a stop and a start. */
public final class Alertmanager implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    public Alertmanager(Path directory, URI webhook) {
        this.directory = directory;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("alertmanager.yml"), """
                    route:
                      receiver: on-call
                      group_by: [incident]
                      group_wait: 200ms
                      group_interval: 500ms
                      repeat_interval: 4h
                    receivers:
                      - name: on-call
                        webhook_configs:
                          - url: %s
                            send_resolved: true
                    """.formatted(webhook));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program of that name, wherever a distribution has put it. */
    public static Path program(String... names) {
        String path = System.getenv("PATH");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no " + names[0] + " on the PATH; install the Debian packages that ./test names"));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Alertmanager start() {
        try {
            process = new ProcessBuilder(
                            program("prometheus-alertmanager", "alertmanager").toString(),
                            "--config.file=" + directory.resolve("alertmanager.yml"),
                            "--storage.path=" + directory.resolve("storage"),
                            "--web.listen-address=127.0.0.1:" + port,
                            "--cluster.listen-address=")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Alertmanager")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> get("/-/ready").contains("OK"));
        return this;
    }

    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** Label {@code severity} of every alert that fires. */
    public List<String> firing() {
        try {
            return StreamSupport.stream(
                            Json.MAPPER
                                    .readTree(get("/api/v2/alerts?active=true"))
                                    .spliterator(),
                            false)
                    .map(alert -> alert.at("/labels/connector").asText() + " "
                            + alert.at("/labels/severity").asText())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Alerts received since it started, repetitions included. */
    long received() {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith("alertmanager_alerts_received_total{")
                        && line.contains("status=\"firing\"")
                        && line.contains("version=\"v2\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until what fires has been sent again twice: time enough for a page that should not come. */
    void awaitRepetitions() {
        long before = received();
        int firing = firing().size();
        Awaitility.await("repetitions").atMost(SOON).until(() -> received() >= before + 2L * firing + 1);
    }

    private String get(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address() + path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
