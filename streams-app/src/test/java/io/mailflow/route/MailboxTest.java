package io.mailflow.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.mailflow.Logged;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.RouteSettings;
import io.mailflow.config.SecretSource;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Severity;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, to a server that answers as it is told; what a real one does with it is in the paging tests. */
@Timeout(60)
class MailboxTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:30:00Z");

    @TempDir
    Path directory;

    private final List<JsonNode> bodies = new ArrayList<>();
    private final List<@Nullable String> authorizations = new ArrayList<>();
    private final RouteMeter meter = new RouteMeter();
    private final Incidents incidents = new Incidents();
    private final NewestAlerts newest = new NewestAlerts(Catalogue.shipped());
    private Function<JsonNode, Integer> status = body -> 200;
    private HttpServer server;
    private RouteSettings settings;
    private Mailbox mailbox;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/am/api/v2/alerts", exchange -> {
            JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody());
            bodies.add(body);
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = "\"bad label\"".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.apply(body), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        settings = RouteSettings.DEFAULT.withAlertmanagers(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/am")));
        mailbox = new Mailbox(settings.alertmanagers().get(0), settings, meter);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSendTheOldEndAndTheNewBeginningInOneCall() {
        Alerts alert = Alerts.on("To head office", "mail.contoso.example");
        fold(alert.open(Severity.HIGH));
        tell(NOW);
        fold(alert.escalate(Severity.CRITICAL));
        tell(NOW.plusSeconds(1));

        JsonNode call = bodies.get(1);
        assertThat(call).hasSize(2);
        assertThat(call.at("/0/labels/severity").asText()).isEqualTo("high");
        assertThat(call.at("/0/endsAt").asText()).isEqualTo("2026-01-05T08:30:01Z");
        assertThat(call.at("/1/labels/severity").asText()).isEqualTo("critical");
        assertThat(call.at("/1/startsAt").asText()).isEqualTo(Alerts.OPENED.toString());
        assertThat(call.at("/1/endsAt").asText())
                .isEqualTo(NOW.plusSeconds(1).plus(settings.firingFor()).toString());
    }

    @Test
    void shouldSendAgainOnlyWhenItIsTime() {
        fold(Alerts.on("To head office", "").open(Severity.HIGH));
        tell(NOW);
        tell(NOW.plus(settings.resendEvery()).minusMillis(1));
        assertThat(bodies).hasSize(1);

        tell(NOW.plus(settings.resendEvery()));
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(1).at("/0/endsAt").asText())
                .isEqualTo(NOW.plus(settings.resendEvery())
                        .plus(settings.firingFor())
                        .toString());
    }

    @Test
    void shouldSendOnceMoreWhatARouterBeforeItHadSent() {
        fold(Alerts.on("To head office", "").open(Severity.HIGH));
        tell(NOW);
        mailbox = new Mailbox(settings.alertmanagers().get(0), settings, meter);
        tell(NOW.plusSeconds(1));

        assertThat(bodies.get(1).at("/0/labels")).isEqualTo(bodies.get(0).at("/0/labels"));
    }

    @Test
    void shouldWaitLongerAndLongerAndSendEverythingOnceItAnswers() {
        status = body -> 503;
        fold(Alerts.on("To head office", "").open(Severity.HIGH));
        tell(NOW);
        tell(NOW.plusMillis(100));
        assertThat(bodies).as("it is left alone for a moment").hasSize(1);
        assertThat(meter.counts().unreachable()).isEqualTo(1);

        status = body -> 200;
        fold(Alerts.on("Partner Fabrikam", "").open(Severity.WARNING));
        tell(NOW.plusSeconds(2));
        assertThat(bodies.get(1)).hasSize(2);
        assertThat(meter.counts().accepted()).isEqualTo(2);
    }

    @Test
    void shouldNotLetOneThatIsRefusedHoldUpTheOthers() {
        status = body -> body.toString().contains("Partner") ? 400 : 200;
        Incident good = fold(Alerts.on("To head office", "").open(Severity.HIGH));
        fold(Alerts.on("Partner Fabrikam", "").open(Severity.HIGH));

        assertThat(tell(NOW)).extracting(Mailbox.Told::incident).containsExactly(good.id());
        assertThat(meter.counts().refused()).isEqualTo(1);

        bodies.clear();
        tell(NOW.plusSeconds(1));
        assertThat(bodies).as("what was refused waits for its time").isEmpty();
    }

    @Test
    void shouldNotAskOneByOneWhatDoesNotAnswerAnyMore() {
        status = body -> body.size() > 1 ? 400 : 503;
        for (String name : List.of("To head office", "Partner Fabrikam", "Partner Tailspin")) {
            fold(Alerts.on(name, "").open(Severity.HIGH));
        }

        assertThat(tell(NOW)).isEmpty();
        assertThat(bodies).as("all together, and the first by itself").hasSize(2);
    }

    @Test
    void shouldCountWhenItIsRefusedAltogether() {
        status = body -> 401;
        fold(Alerts.on("To head office", "").open(Severity.HIGH));
        fold(Alerts.on("Partner Fabrikam", "").open(Severity.HIGH));

        assertThat(tell(NOW)).isEmpty();
        assertThat(bodies).as("another call would not be let in either").hasSize(1);
        assertThat(meter.counts().refused()).isEqualTo(1);
    }

    @Test
    void shouldShowItsCredentialsAsTheyAreNow() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "first\n");
        settings = new RouteSettings(
                settings.alertmanagers(),
                null,
                null,
                new SecretSource(SecretSource.Place.FILE, token.toString()),
                null,
                null,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "a",
                "b",
                "c");
        mailbox = new Mailbox(settings.alertmanagers().get(0), settings, meter);
        fold(Alerts.on("To head office", "").open(Severity.HIGH));
        try (Logged logged = new Logged()) {
            tell(NOW);
            Files.writeString(token, "second\n");
            status = body -> 401;
            tell(NOW.plusSeconds(1));
            Files.delete(token);
            tell(NOW.plusSeconds(10));
            assertThat(logged.text()).contains("401", token.toString()).doesNotContain("Bearer", "second");
        }

        assertThat(authorizations).containsExactly("Bearer first", "Bearer second");
        assertThat(meter.counts().unreachable())
                .as("without them it is not asked")
                .isEqualTo(1);
    }

    @Test
    void shouldShowUserAndPassword() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "s3cret");
        settings = new RouteSettings(
                settings.alertmanagers(),
                "mailflow",
                new SecretSource(SecretSource.Place.FILE, password.toString()),
                null,
                null,
                null,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "a",
                "b",
                "c");
        mailbox = new Mailbox(settings.alertmanagers().get(0), settings, meter);
        fold(Alerts.on("To head office", "").open(Severity.HIGH));
        tell(NOW);

        // printf 'mailflow:s3cret' | base64
        assertThat(authorizations).containsExactly("Basic bWFpbGZsb3c6czNjcmV0");
    }

    @Test
    void shouldNotTellASecretThatNoHeaderCanHold() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "first-line\nsecond-line\n");
        settings = new RouteSettings(
                settings.alertmanagers(),
                null,
                null,
                new SecretSource(SecretSource.Place.FILE, token.toString()),
                null,
                null,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "a",
                "b",
                "c");
        AlertmanagerClient client =
                new AlertmanagerClient(settings.alertmanagers().get(0), settings);

        Answer answer = client.post(List.of()).join();

        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        assertThat(answer.toString()).contains(token.toString()).doesNotContain("first-line", "second-line");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "HTTP/1.1 500 No\r\n\r\n"})
    void shouldNotWaitForTheEndOfAnAnswerThatHasNone(String beginning) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> beginToAnswer(silent, beginning));
            server.setDaemon(true);
            server.start();
            AlertmanagerClient client = new AlertmanagerClient(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort()), settings, Duration.ofMillis(500));

            Answer answer = client.post(List.of()).get(20, TimeUnit.SECONDS);

            assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void shouldReadOfAnAnswerNoMoreThanItTells() throws Exception {
        try (ServerSocket talkative = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicLong written = new AtomicLong();
            Thread server = new Thread(() -> answerForEver(talkative, written));
            server.setDaemon(true);
            server.start();
            AlertmanagerClient client =
                    new AlertmanagerClient(URI.create("http://127.0.0.1:" + talkative.getLocalPort()), settings);

            Answer answer = client.post(List.of()).get(20, TimeUnit.SECONDS);

            assertThat(answer).isInstanceOf(Answer.Refused.class);
            assertThat(answer.toString()).contains("HTTP 400 xxxx").hasSizeLessThan(500);
            assertThat(written.get()).isLessThan(64 << 20);
        }
    }

    private static void beginToAnswer(ServerSocket socket, String beginning) {
        try (Socket call = socket.accept()) {
            call.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            call.getOutputStream().flush();
            while (call.getInputStream().read() >= 0) {
                // Until the caller has had enough.
            }
        } catch (IOException e) {
            // The caller has.
        }
    }

    private static void answerForEver(ServerSocket socket, AtomicLong written) {
        byte[] much = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        try (Socket call = socket.accept()) {
            OutputStream out = call.getOutputStream();
            out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(much);
                written.addAndGet(much.length);
            }
        } catch (IOException e) {
            // The caller has had enough.
        }
    }

    private Incident fold(Alert alert) {
        newest.put(alert);
        return incidents.fold(alert).orElseThrow();
    }

    private List<Mailbox.Told> tell(Instant now) {
        List<Mailbox.Told> told = mailbox.settle(mailbox.send(incidents.unsettled(), newest, now), now);
        told.forEach(one ->
                incidents.put(IncidentFold.paged(incidents.get(one.incident()).orElseThrow(), one.page())));
        return told;
    }
}
