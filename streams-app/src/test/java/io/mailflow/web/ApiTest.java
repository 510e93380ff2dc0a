package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.WebSettings;
import io.mailflow.readmodel.ReadState;
import io.mailflow.readmodel.Records;
import io.mailflow.serde.Json;
import io.mailflow.web.OpenApi.Operation;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

    private static final String ONE = "/api/v1/connectors/{tenant}/{connector}";
    private static final String HEAD_OFFICE = "/api/v1/connectors/northwind/" + encoded(Records.HEAD_OFFICE);

    private record Call(String method, String template, String path, String accept) {}

    /** A call of every operation that answers at once. */
    private static final List<Call> CALLS = List.of(
            json(
                    "/api/v1/connectors",
                    "/api/v1/connectors?tenant=northwind&state=down&state=clear&code=450+4.4.316&q=o&limit=5"),
            json("/api/v1/connectors", "/api/v1/connectors"),
            json(ONE, HEAD_OFFICE),
            json(ONE, "/api/v1/connectors/northwind/Unseen"),
            json(ONE, "/api/v1/connectors/fabrikam/" + encoded(Records.HOSTILE)),
            json(
                    ONE + "/windows",
                    HEAD_OFFICE + "/windows?size=PT5M&from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z"),
            json(ONE + "/windows", HEAD_OFFICE + "/windows"),
            json(ONE + "/queue", HEAD_OFFICE + "/queue"),
            json(ONE + "/queue", "/api/v1/connectors/northwind/Unseen/queue"),
            json("/api/v1/alerts", "/api/v1/alerts"),
            json(
                    "/api/v1/alerts",
                    "/api/v1/alerts?from=2026-01-04T00:00:00Z&to=2026-01-06T00:00:00Z&limit=1&lang=da-DK"),
            json("/api/v1/alerts", "/api/v1/alerts?state=resolved&severity=warning&tenant=northwind&code=550+5.1.1"),
            json("/api/v1/alerts/{id}", "/api/v1/alerts/" + Records.OPEN_ALERT),
            json("/api/v1/incidents", "/api/v1/incidents?state=open"),
            json("/api/v1/incidents", "/api/v1/incidents?tenant=northwind&limit=1"),
            json("/api/v1/incidents", "/api/v1/incidents?lang=ja"),
            json("/api/v1/incidents/{id}", "/api/v1/incidents/" + Records.OPEN_ALERT),
            json("/api/v1/explain", "/api/v1/explain?text=450+4.4.316+Connection+refused"),
            new Call("POST", "/api/v1/explain", "/api/v1/explain", "application/json"),
            json("/api/v1/catalogue", "/api/v1/catalogue"),
            json("/api/v1/catalogue", "/api/v1/catalogue?code=450+4.4.316"),
            json("/api/v1/capacity", "/api/v1/capacity?size=PT24H&by=code"),
            json("/api/v1/capacity", "/api/v1/capacity?tenant=northwind&connector=" + encoded(Records.HEAD_OFFICE)),
            new Call("GET", "/api/v1/capacity", "/api/v1/capacity", "text/csv"),
            json("/api/v1/pipeline", "/api/v1/pipeline"),
            json("/api/v1/session", "/api/v1/session"),
            new Call("POST", "/api/v1/session", "/api/v1/session", "application/json"),
            new Call("DELETE", "/api/v1/session", "/api/v1/session", "application/json"),
            new Call("POST", "/api/v1/read-model/rebuild", "/api/v1/read-model/rebuild", "application/json"),
            json("/api/v1/openapi.yaml", "/api/v1/openapi.yaml"),
            json("/api/v1/schemas/{file}", "/api/v1/schemas/alert.schema.json"),
            json("/health/live", "/health/live"),
            json("/health/ready", "/health/ready"),
            new Call("GET", "/metrics", "/metrics", "application/openmetrics-text"),
            new Call("GET", "/metrics", "/metrics", "text/html,text/plain"));

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = Site.open(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private static Call json(String template, String path) {
        return new Call("GET", template, path, "application/json");
    }

    @Test
    void shouldAnswerEveryOperationAsDescribed() {
        Set<Operation> called = new HashSet<>();
        List<String> errors = new ArrayList<>();
        for (Call call : CALLS) {
            Operation operation = new Operation(call.method(), call.template());
            called.add(operation);
            String body = call.template().endsWith("explain") ? "550 5.1.1 User unknown" : "{\"token\": \"x\"}";
            HttpResponse<String> answer = site.send(
                    call.method(), call.path(), call.method().equals("POST") ? body : null, "Accept", call.accept());
            if (call.method().equals("GET")) {
                assertThat(answer.statusCode()).as(call.path() + answer.body()).isEqualTo(200);
            }
            if (answer.statusCode() != 204) {
                OpenApi.errors(operation, answer.statusCode(), type(answer), answer.body())
                        .forEach(error -> errors.add(call.path() + " " + error));
            }
        }

        assertThat(errors).isEmpty();
        assertThat(OpenApi.operations())
                .filteredOn(operation -> !operation.path().endsWith("events"))
                .containsExactlyInAnyOrderElementsOf(called);
    }

    /** An unknown parameter's refusal lists those that there are. */
    @Test
    void shouldTakeTheParametersThatAreDescribed() throws IOException {
        for (Call call : CALLS) {
            if (!call.method().equals("GET") || call.template().matches("/health.*|/metrics|/api/v1/session")) {
                continue;
            }
            HttpResponse<String> answer = site.get(call.path().replaceFirst("\\?.*", "") + "?nonsense=1");
            assertThat(answer.statusCode()).as(call.path()).isEqualTo(400);
            JsonNode problem = Json.MAPPER.readTree(answer.body());
            assertThat(problem.get("parameter").asText()).isEqualTo("nonsense");
            assertThat(problem.get("expected").asText().replaceAll("one of the parameters | instead", ""))
                    .isIn(
                            String.join(", ", OpenApi.queryParameters(new Operation("GET", call.template()))),
                            "no parameter here");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/alerts?from=yesterday, from",
        "/api/v1/alerts?from=2026-01-05T08:00:00Z&to=2026-01-05T07:00:00Z, from",
        "/api/v1/alerts?severity=bad, severity",
        "/api/v1/alerts?state=open&state=resolved, state",
        "/api/v1/alerts?lang=%22%3E, lang",
        "/api/v1/alerts/none, id",
        "/api/v1/incidents/none, id",
        "/api/v1/connectors?limit=0, limit",
        "/api/v1/connectors?limit=ten, limit",
        "/api/v1/connectors?state=up, state",
        "/api/v1/connectors?cursor=abc, cursor",
        "/api/v1/incidents?cursor=WzFd, cursor",
        "/api/v1/explain, text",
        "/api/v1/catalogue?code=999, code",
        "/api/v1/capacity?size=PT5M, size",
        "/api/v1/capacity?from=9999-12-31T23:59:59Z, from",
        "/api/v1/connectors/northwind/Quiet/windows?size=P1D, size"
    })
    void shouldNameTheParameterThatCannotBeUsed(String path, String parameter) throws IOException {
        HttpResponse<String> answer = site.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.get("type").asText()).isEqualTo("urn:io:mailflow:problem:bad-parameter");
        assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
        assertThat(OpenApi.errors("Problem", answer.body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, not-found",
        "GET, /api/v1/connectors/nobody/nothing, 404, not-found",
        "GET, /api/v1/alerts/00000000000000000000000000000000, 404, not-found",
        "GET, /api/v1/incidents/00000000000000000000000000000000, 404, not-found",
        "GET, /api/v1/schemas/..%2Fopenapi.yaml, 404, not-found",
        "POST, /api/v1/connectors, 405, method",
        "GET, /api/v1/events, 406, not-acceptable",
        "POST, /api/v1/read-model/rebuild, 403, not-allowed"
    })
    void shouldTellProblemsApart(String method, String path, int status, String kind) throws IOException {
        HttpResponse<String> answer = site.send(method, path, null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.MAPPER.readTree(answer.body()).get("type").asText())
                .isEqualTo("urn:io:mailflow:problem:" + kind);
        assertThat(OpenApi.errors("Problem", answer.body())).isEmpty();
    }

    /** Wherever a language is taken, one that there is not is refused and not answered in another. */
    @Test
    void shouldNameTheLanguagesThereAre() throws IOException {
        int refused = 0;
        for (Call call : CALLS) {
            Operation operation = new Operation(call.method(), call.template());
            if (OpenApi.queryParameters(operation).contains("lang")) {
                String path = call.path().replaceFirst("\\?.*", "") + "?lang=xx"
                        + (OpenApi.queryParameters(operation).contains("text") ? "&text=550+5.1.1" : "");
                HttpResponse<String> answer =
                        site.send(call.method(), path, call.method().equals("POST") ? "550 5.1.1" : null);
                assertThat(answer.statusCode()).as(path).isEqualTo(400);
                JsonNode problem = Json.MAPPER.readTree(answer.body());
                assertThat(problem.get("parameter").asText()).as(path).isEqualTo("lang");
                assertThat(problem.get("expected").asText()).endsWith("en, zh-TW, zh-CN, pl, da, ja");
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(8);
        assertThat(site.get("/api/v1/catalogue", "Accept-Language", "xx").statusCode())
                .as("what a browser would like is no demand")
                .isEqualTo(200);
    }

    @Test
    void shouldTellIncidentsInTheLanguageAndMeasuresAsPublished() throws IOException {
        JsonNode life = Json.MAPPER.readTree(
                site.get("/api/v1/alerts/" + Records.OPEN_ALERT + "?lang=pl").body());
        String title = life.at("/alert/remediation/title").asText();

        assertThat(Json.MAPPER
                        .readTree(site.get("/api/v1/incidents?lang=pl").body())
                        .at("/items/0/title")
                        .asText())
                .isEqualTo(title)
                .isNotEqualTo(Json.MAPPER
                        .readTree(site.get("/api/v1/incidents").body())
                        .at("/items/0/title")
                        .asText());
        assertThat(Json.MAPPER
                        .readTree(site.get("/api/v1/incidents/"
                                        + life.get("incident").asText() + "?lang=pl")
                                .body())
                        .at("/incident/title")
                        .asText())
                .isEqualTo(title);
        assertThat(life.at("/alert/evidence/thresholds"))
                .as("for programs, which know these words")
                .isEqualTo(Records.alert().at("/evidence/thresholds"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/nowhere", "/api/v1/alerts", "/health/live", "/metrics"})
    void shouldSendTheSecurityHeadersWithEverything(String path) {
        HttpResponse<String> answer = site.get(path);

        SecurityHeaders.ALL.forEach((name, value) ->
                assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
    }

    @Test
    void shouldGiveTheHeadOfAnAnswerToWhoeverMayReadIt() {
        for (String path : List.of("/", "/metrics", "/health/live", "/api/v1/connectors")) {
            HttpResponse<String> head = site.send("HEAD", path, null);
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isEmpty();
        }
    }

    @Test
    void shouldServeThePage() {
        assertThat(site.get("/").statusCode()).isEqualTo(200);
        assertThat(site.get("/").body()).contains("<title>Mail Flow Intelligence</title>");
    }

    @Test
    void shouldNotRepeatWhatTheCallerHas() {
        String tag = site.get("/api/v1/connectors").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = site.get("/api/v1/connectors", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();

        Records more = new Records();
        more.health("northwind", "Another", 2);
        more.into(site.model);
        assertThat(site.get("/api/v1/connectors", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldPageThroughEverythingOnce() throws IOException {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = Json.MAPPER.readTree(
                    site.get("/api/v1/connectors?limit=1" + cursor).body());
            page.get("items").forEach(item -> seen.add(item.get("connector").asText()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly(Records.HEAD_OFFICE, Records.HOSTILE, "Quiet", "Unseen");
    }

    @ParameterizedTest
    @CsvSource({"STARTING, starting", "RESTORING, restoring", "FAILED, failed"})
    void shouldSayWhyItDoesNotAnswerYet(ReadState state, String kind) throws IOException {
        site.state = state;
        site.reason = "Kafka does not answer";

        HttpResponse<String> answer = site.get("/api/v1/connectors");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(problem.get("type").asText()).endsWith(":" + kind);
        assertThat(problem.get("detail").asText()).contains("Kafka does not answer");
        assertThat(site.get("/api/v1/pipeline").statusCode()).isEqualTo(200);
        assertThat(site.get("/api/v1/explain?text=450+4.4.316").statusCode()).isEqualTo(200);
        assertThat(site.get("/metrics").body())
                .contains("mailflow_state{state=\"" + kind + "\"} 1")
                .doesNotContain("mailflow_queued");
    }

    @Test
    void shouldGoOnAnsweringWhileTheStreamMovesItsPartitions() throws IOException {
        site.state = ReadState.REBALANCING;

        HttpResponse<String> answer = site.get("/api/v1/connectors");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(answer.body()).get("state").asText()).isEqualTo("rebalancing");
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING, 200, 503, starting",
        "RESTORING, 200, 503, restoring",
        "REBALANCING, 200, 503, rebalancing",
        "RUNNING, 200, 200, running",
        "FAILED, 503, 503, failed"
    })
    void shouldTellItsStateByHealth(ReadState state, int live, int ready, String word) {
        site.state = state;

        assertThat(site.get("/health/live").statusCode()).isEqualTo(live);
        assertThat(site.get("/health/ready").statusCode()).isEqualTo(ready);
        assertThat(site.get("/health/ready").body()).isEqualTo("{\"state\":\"" + word + "\",\"reason\":null}");
    }

    @Test
    void shouldMakeNamesHarmlessForSpreadsheets() {
        Records more = new Records();
        more.put(
                "mailflow.connector-failures",
                "x/y//PT1H/z",
                Records.sample("window-count.small")
                        .put("connector", "=cmd|' /C calc'!A0")
                        .put("size", "PT1H")
                        .putNull("code")
                        .put("start", "2026-01-05T08:00:00Z"));
        more.into(site.model);

        assertThat(site.get("/api/v1/capacity?format=csv").body())
                .contains(",'=cmd|")
                .doesNotContain(",=cmd|");
    }

    @Test
    void shouldBoundTheSeriesOfMetrics() {
        HttpResponse<String> all = site.get("/metrics");
        assertThat(all.body())
                .contains("mailflow_queued_recipients 17")
                .contains("mailflow_connectors_without_series 0")
                .contains(
                        "mailflow_connector_oldest_age_seconds{connector=\"To Contoso head office\",tenant=\"northwind\"} 882.5")
                .contains("mailflow_router_active 1.0", "mailflow_router_open_incidents 2.0")
                .contains("mailflow_router_accepted_alerts_total 31.0", "mailflow_router_refused_calls_total 0.0")
                .contains("mailflow_watermark_lag_seconds{partition=\"0\",stage=\"monitor\"} 60.0")
                .endsWith("# EOF\n");
        site.close();

        site = Site.open(folder, new WebSettings("127.0.0.1", 0, false, null, null, null, null, 1));
        assertThat(site.get("/metrics").body())
                .contains("mailflow_connectors_without_series 3")
                .contains("mailflow_connector_queued_recipients{connector=\"(others)\",tenant=\"(others)\"} 5.0")
                .doesNotContain("script");
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
