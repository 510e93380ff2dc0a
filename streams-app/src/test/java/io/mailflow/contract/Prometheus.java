package io.mailflow.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.route.Alertmanager;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that scrapes one program every second, with the configuration and rules that are shipped. */
final class Prometheus implements AutoCloseable {

    private static final Path SHIPPED = Path.of("..", "deploy", "prometheus");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static Prometheus start(Path directory, URI program) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String shipped = Files.readString(SHIPPED.resolve("prometheus.yml"));
        Path config = Files.writeString(
                directory.resolve("prometheus.yml"),
                shipped.replace("15s", "1s")
                        .replace(
                                "mailflow.rules.yml",
                                SHIPPED.resolve("mailflow.rules.yml")
                                        .toAbsolutePath()
                                        .normalize()
                                        .toString())
                        .replace("localhost:8080", program.getAuthority()));
        Process process = new ProcessBuilder(
                        Alertmanager.program("prometheus").toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, URI.create("http://127.0.0.1:" + port));
    }

    /** How many series a query returns now. */
    int series(String query) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalArgumentException(query + ": " + answer);
        }
        return answer.at("/data/result").size();
    }

    /** The names of all metrics it has seen. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        get("/api/v1/label/__name__/values").get("data").forEach(name -> names.add(name.asText()));
        return names;
    }

    private JsonNode get(String path) {
        try {
            return Json.MAPPER.readTree(
                    http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofInputStream())
                            .body());
        } catch (IOException e) {
            // Not up yet.
            return Json.MAPPER.createObjectNode().put("status", "unreachable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isUp() {
        return get("/api/v1/status/buildinfo").path("status").asText().equals("success");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
