package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.SecretSource;
import io.mailflow.config.WebSettings;
import io.mailflow.format.ConnectorFile;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Feed;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.runtime.WebSide;
import io.mailflow.serde.Json;
import io.mailflow.topology.MailflowTopology;
import io.mailflow.web.OpenApi;
import io.mailflow.web.OpenApi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a log on disk to the answers of the API, with a real broker and the whole stream between them. */
@Timeout(300)
class ApiIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String ADMIN = "an-admin-token-of-this-test";
    private static final String FABRIKAM = "/api/v1/connectors/default/To%20Fabrikam";
    private static final String ONE = "/api/v1/connectors/{tenant}/{connector}";

    /** By the path that is asked, the path as it is described. */
    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>(Map.of(
            "/api/v1/connectors",
            "/api/v1/connectors",
            FABRIKAM,
            ONE,
            FABRIKAM + "/windows?size=PT1H",
            ONE + "/windows",
            FABRIKAM + "/queue",
            ONE + "/queue",
            "/api/v1/alerts",
            "/api/v1/alerts",
            "/api/v1/alerts?from=2026-01-01T00:00:00Z",
            "/api/v1/alerts",
            "/api/v1/incidents",
            "/api/v1/incidents",
            "/api/v1/capacity?size=PT24H&by=code",
            "/api/v1/capacity",
            "/api/v1/capacity",
            "/api/v1/capacity"));

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private String url = "";

    @Test
    @SuppressWarnings("try") // closed early, to see what is answered then
    void shouldAnswerFromTheTopicsAndBeTheSameWhenMadeAnew() throws Exception {
        Path token = Files.writeString(directory.resolve("admin.token"), ADMIN);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            MailflowConfig config = MailflowConfig.DEFAULT
                    .withKafka(KafkaSettings.DEFAULT
                            .withBootstrapServers(broker.bootstrapServers())
                            .withStateDir(directory.resolve("state")))
                    .withWeb(new WebSettings(
                            "127.0.0.1",
                            0,
                            false,
                            null,
                            null,
                            null,
                            SecretSource.parse("file:" + token).orElseThrow(),
                            50));
            TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
            Path connectors = OutageLog.writeConnectors(directory.resolve("connectors.yaml"));
            Clients.publish(config.kafka(), ConnectorFile.read(connectors, "default"));
            try (Pipeline pipeline =
                            Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
                    Router router = Clients.router(config)) {
                Map<String, String> answers;
                try (WebSide web = WebSide.start(config, pipeline, router)) {
                    url = web.url().replaceFirst("/$", "");
                    assertThatThrownBy(() -> WebSide.start(config, pipeline, router))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("Another instance keeps its read model");
                    awaitRunning();
                    CompletableFuture<String> news = firstAlertNews();
                    feed(config);
                    awaitEnd();
                    assertThat(news.get(SOON.toSeconds(), TimeUnit.SECONDS)).contains("\"publication\":\"");
                    answers = answers();
                    look();
                    metrics();

                    HttpResponse<String> rebuild = send("POST", "/api/v1/read-model/rebuild", ADMIN);
                    assertThat(rebuild.statusCode()).isEqualTo(202);
                    assertThat(rebuild.body()).contains("restoring");
                    awaitRunning();
                    assertThat(answers()).isEqualTo(answers);
                }
                try (WebSide restarted = WebSide.start(config, pipeline, router)) {
                    url = restarted.url().replaceFirst("/$", "");
                    awaitRunning();
                    assertThat(answers()).as("after a restart").isEqualTo(answers);
                }
                deleteDatabase();
                try (WebSide anew = WebSide.start(config, pipeline, router)) {
                    url = anew.url().replaceFirst("/$", "");
                    awaitRunning();
                    assertThat(answers()).as("from an empty folder").isEqualTo(answers);
                    pipeline.close();
                    assertThat(get("/health/live").statusCode()).isEqualTo(503);
                    assertThat(get("/api/v1/alerts").body()).contains("problem:failed");
                }
            }
        }
    }

    private void feed(MailflowConfig config) throws IOException {
        Path log = OutageLog.write(directory.resolve("MSGTRK2026010508-1.LOG"));
        try (InputSpool input = Inputs.read(
                        List.of(log.toString()), ReadOptions.defaults().withTempDir(directory));
                TraceProducer producer = Clients.traceProducer(config)) {
            Feed.everything(input, producer);
            producer.endOfInput(OutageLog.AS_OF);
            producer.flush();
        }
    }

    /** Every answer, checked against the description. */
    private Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        QUESTIONS.forEach((path, template) -> {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
            answers.put(path, answer.body());
            OpenApi.errors(new Operation("GET", template), 200, "application/json", answer.body())
                    .forEach(error -> errors.add(path + " " + error));
        });
        HttpResponse<String> pipeline = get("/api/v1/pipeline");
        errors.addAll(
                OpenApi.errors(new Operation("GET", "/api/v1/pipeline"), 200, "application/json", pipeline.body()));
        assertThat(errors).isEmpty();
        return answers;
    }

    private void look() throws IOException {
        JsonNode worst = json("/api/v1/connectors").get("items").get(0);
        assertThat(worst.get("connector").asText()).isEqualTo("To Fabrikam");
        assertThat(worst.get("state").asText()).isEqualTo("down");
        assertThat(worst.get("queue").get("recipients").asInt()
                        + worst.get("queue").get("expired").asInt())
                .isEqualTo(40);
        JsonNode alert =
                json("/api/v1/alerts?connector=To%20Fabrikam").get("items").get(0);
        assertThat(alert.get("code").asText()).isEqualTo("450 4.4.317");
        JsonNode life = json("/api/v1/alerts/" + alert.get("id").asText()).get("life");
        assertThat(life.get(0).get("publication").asText()).isEqualTo("opened");
        assertThat(life.get(life.size() - 1).get("sequence").asInt())
                .isEqualTo(alert.get("sequence").asInt());
        String incident = json("/api/v1/alerts/" + alert.get("id").asText())
                .get("incident")
                .asText();
        assertThat(json("/api/v1/incidents").get("items").findValuesAsText("id"))
                .contains(incident);
        JsonNode letters = json("/api/v1/pipeline").get("deadLetters");
        assertThat(letters.get("byReason").get(0).get("name").asText()).isEqualTo("unreadable-row");
    }

    private void metrics() {
        assertThat(get("/metrics").body())
                .contains("mailflow_state{state=\"running\"} 1.0")
                .contains("mailflow_attempts_total{code=\"450 4.4.317\",result=\"failed\"}")
                .contains("mailflow_alerts{severity=\"critical\",state=\"open\"}")
                .contains("kafka_stream_")
                .contains("jvm_memory_used_bytes");
    }

    private void awaitRunning() {
        Awaitility.await("ready").atMost(SOON).until(() -> get("/health/ready").statusCode() == 200);
    }

    private void awaitEnd() {
        Awaitility.await("the end of the input").atMost(SOON).until(() -> {
            JsonNode pipeline = json("/api/v1/pipeline");
            JsonNode monitors = pipeline.get("monitors");
            return monitors.size() == 1
                    && monitors.get(0).get("ended").asBoolean()
                    && pipeline.at("/readModel/recordsBehind").asInt() == 0;
        });
        Awaitility.await("every alert in an incident as it is now").atMost(SOON).until(() -> {
            JsonNode alerts =
                    json("/api/v1/alerts?from=2026-01-01T00:00:00Z&limit=500").get("items");
            for (JsonNode alert : alerts) {
                JsonNode life = json("/api/v1/alerts/" + alert.get("id").asText());
                if (life.get("incident").isNull()) {
                    return false;
                }
            }
            long open = StreamSupport.stream(
                            json("/api/v1/incidents").get("items").spliterator(), false)
                    .filter(incident -> incident.get("state").asText().equals("open"))
                    .count();
            return get("/metrics").body().contains("mailflow_router_open_incidents " + (double) open + "\n");
        });
    }

    private CompletableFuture<String> firstAlertNews() throws Exception {
        HttpResponse<InputStream> events = client.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/events"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
        return CompletableFuture.supplyAsync(() -> {
            try (Scanner lines = new Scanner(events.body(), StandardCharsets.UTF_8)) {
                String line = lines.nextLine();
                while (!line.contains("\"publication\"")) {
                    line = lines.nextLine();
                }
                return line;
            }
        });
    }

    private void deleteDatabase() throws IOException {
        Path folder = directory.resolve("state").resolve("mailflow-read-model");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("mailflow.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private JsonNode json(String path) throws IOException {
        return Json.MAPPER.readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String token) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
