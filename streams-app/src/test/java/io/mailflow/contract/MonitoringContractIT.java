package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mailflow.route.Alertmanager;
import io.mailflow.route.OnCall;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo, watched by a real Prometheus and paging through a real Alertmanager. */
@Timeout(300)
class MonitoringContractIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path DASHBOARDS = Path.of("..", "dashboards");
    private static final Path RULES = Path.of("..", "deploy", "prometheus", "mailflow.rules.yml");

    @TempDir
    static Path directory;

    private static OnCall onCall;
    private static Alertmanager alertmanager;
    private static DemoProcess demo;
    private static Prometheus prometheus;
    private static URI page;

    @BeforeAll
    static void start() throws IOException {
        onCall = new OnCall();
        alertmanager = new Alertmanager(directory.resolve("alertmanager"), onCall.address());
        demo = DemoProcess.start(directory, alertmanager.address());
        alertmanager.start();
        page = demo.address();
        prometheus = Prometheus.start(directory, page);
        Awaitility.await("Prometheus").atMost(SOON).until(prometheus::isUp);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.close();
        }
        if (demo != null) {
            demo.close();
        }
        alertmanager.close();
        onCall.close();
    }

    /** What happened before the demo began pages nobody, until it has caught up: then what still stands does. */
    @Test
    void shouldPageOnCallOfTheIncidentsOfTheDemo() throws IOException {
        Awaitility.await("a page").atMost(SOON).until(() -> !onCall.pages().isEmpty());

        JsonNode first = onCall.alert(0);
        String incident = first.at("/labels/incident").asText();
        assertThat(first.at("/annotations/summary").asText())
                .contains(first.at("/labels/connector").asText());
        assertThat(first.at("/annotations/remediation").asText()).isNotBlank();
        assertThat(get("/api/v1/incidents?state=open&limit=500").findValuesAsText("id"))
                .contains(incident);
        assertThat(get("/api/v1/alerts/" + incident).get("incident").asText()).isEqualTo(incident);
    }

    @Test
    void shouldAnswerEveryQueryOfEveryPanel() throws IOException {
        JsonNode connector = Awaitility.await("a connector with a queue and failures")
                .atMost(SOON)
                .until(this::queued, found -> !found.isMissingNode());
        Map<String, String> queries = new TreeMap<>();
        for (Path file : dashboards()) {
            for (JsonNode panel : read(file).get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.put(
                            file.getFileName() + ", " + panel.get("title").asText() + ", "
                                    + target.path("refId").asText(),
                            PromQl.withoutVariables(
                                    target.get("expr").asText(),
                                    connector.get("tenant").asText(),
                                    connector.get("connector").asText()));
                }
            }
        }
        assertThat(queries).hasSizeGreaterThan(50);

        awaitAnswers(queries);
    }

    @Test
    void shouldAnswerEveryRule() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText(rule.path("record").asText());
            queries.put(name, PromQl.asked(rule.get("expr").asText()));
        }
        assertThat(queries).hasSizeGreaterThan(15);

        awaitAnswers(queries);
    }

    @Test
    void shouldNameNoMetricThatIsNot() throws IOException {
        Set<String> named = new TreeSet<>();
        for (JsonNode rule : rules()) {
            named.addAll(PromQl.names(rule.get("expr").asText()));
        }
        for (Path file : dashboards()) {
            for (String query : read(file).findValuesAsText("expr")) {
                named.addAll(PromQl.names(query));
            }
        }
        assertThat(named).contains("up", "mailflow_queued_recipients", "mailflow:watermark_lag:seconds");

        Awaitility.await("every metric that is named")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(prometheus.names()).containsAll(named));
    }

    /** The most urgent connector that has something for every panel of its dashboard. */
    private JsonNode queued() throws IOException {
        for (JsonNode connector : get("/api/v1/connectors?limit=50").path("items")) {
            if (connector.at("/queue/recipients").asInt() > 0
                    && connector.at("/lastHour/failed").asInt() > 0) {
                return connector;
            }
        }
        return Json.MAPPER.missingNode();
    }

    private static void awaitAnswers(Map<String, String> queries) {
        Awaitility.await("an answer to each query").atMost(SOON).untilAsserted(() -> {
            List<String> silent = new ArrayList<>();
            queries.forEach((place, query) -> {
                if (prometheus.series(query) == 0) {
                    silent.add(place + ": " + query);
                }
            });
            assertThat(silent).isEmpty();
        });
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private static List<JsonNode> rules() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).findParents("expr");
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.MAPPER.readTree(file.toFile());
    }

    private static JsonNode get(String path) throws IOException {
        try {
            return Json.MAPPER.readTree(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page.resolve(path)).build(), BodyHandlers.ofInputStream())
                    .body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
