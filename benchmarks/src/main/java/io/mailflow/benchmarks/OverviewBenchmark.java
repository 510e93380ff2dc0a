package io.mailflow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedPipeline;
import io.mailflow.runtime.WebSide;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The overview with 10,000 connectors and 200 alerts: how fast the stream takes events without readers and with 50, and
 * how long these wait for their answer meanwhile.
 */
public final class OverviewBenchmark {

    private static final int CONNECTORS = 10_000;
    private static final int FAILING = 200;
    private static final int READERS = 50;
    private static final int EVENTS = 200_000;
    private static final Duration TRAFFIC = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final String REFUSED = "450 4.4.316 Connection refused [Message=Socket error code 10061]"
            + " [LastAttemptedServerName=mx1.contoso.example] [LastAttemptedIP=203.0.113.25:25]";

    private final TraceProducer producer;
    private final URI page;
    private long message;
    private long millis;

    private OverviewBenchmark(TraceProducer producer, URI page) {
        this.producer = producer;
        this.page = page;
    }

    /** Measures in a temporary folder and prints. */
    @SuppressWarnings("try") // the router needs nothing but to be closed
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("mailflow-benchmark");
        MailflowConfig settings =
                MailflowConfig.DEFAULT.withWeb(MailflowConfig.DEFAULT.web().withPort(0));
        try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(folder, settings, List.of());
                Router router = Clients.router(pipeline.config());
                WebSide web = WebSide.start(pipeline.config(), pipeline.pipeline(), router);
                TraceProducer producer = Clients.traceProducer(pipeline.config())) {
            pipeline.awaitRunning();
            new OverviewBenchmark(producer, URI.create(web.url())).measure();
        } finally {
            delete(folder);
        }
    }

    private void measure() throws IOException, InterruptedException {
        prepare();
        traffic();
        // Before and after, as other users of the machine come and go.
        double before = traffic();
        double beside;
        try (Crowd crowd = new Crowd(READERS, page.resolve("/api/v1/connectors"), PAUSE)) {
            beside = traffic();
            print("stream, " + READERS + " readers", "%,.0f events/s", beside);
            print("overview, each reader once a second", "%,d answers, %d failed", crowd.answers(), crowd.failures());
            print("  half", "%.1f ms", crowd.percentile(0.5));
            print("  99 of 100", "%.1f ms", crowd.percentile(0.99));
            print("  slowest", "%.1f ms", crowd.percentile(1));
        }
        double after = traffic();
        print("stream, no readers", "%,.0f events/s before, %,.0f after", before, after);
        print("  with readers, of the mean of both", "%.2f", 2 * beside / (before + after));
        try (Crowd crowd = new Crowd(READERS, page.resolve("/api/v1/connectors"), Duration.ZERO)) {
            beside = traffic();
            print("stream, " + READERS + " readers without a pause", "%,.0f events/s", beside);
            print("  answers", "%,d, %d failed", crowd.answers(), crowd.failures());
            print("  99 of 100", "%.1f ms", crowd.percentile(0.99));
        }
    }

    /** Everything once, and the failing ones often enough for an alert each. */
    private void prepare() throws IOException, InterruptedException {
        for (int i = 0; i < CONNECTORS; i++) {
            send(i, EventClass.SEND, null);
        }
        for (int minute = 0; minute < 20; minute++) {
            for (int i = 0; i < FAILING; i++) {
                for (int k = 0; k < 3; k++) {
                    send(i, EventClass.DEFER, REFUSED);
                }
            }
            millis += Duration.ofMinutes(1).toMillis();
        }
        millis += Duration.ofMinutes(5).toMillis();
        send(CONNECTORS - 1, EventClass.SEND, null);
        producer.markProgress();
        producer.flush();
        awaitEvents();
        JsonNode summary = get("/api/v1/connectors").get("summary");
        while (summary.get("openAlerts").asInt() < FAILING
                || summary.get("connectors").asInt() < CONNECTORS) {
            // Alerts are judged behind the counts.
            TimeUnit.MILLISECONDS.sleep(500);
            summary = get("/api/v1/connectors").get("summary");
        }
        print("connectors", "%,d", summary.get("connectors").asInt());
        print("open alerts", "%,d", summary.get("openAlerts").asInt());
    }

    /** Writes mail of five minutes over all connectors, and waits until all of it is counted: events per second. */
    private double traffic() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < EVENTS; i++) {
            int connector = Math.floorMod(i * 7_919, CONNECTORS);
            boolean fails = connector < FAILING;
            send(connector, fails ? EventClass.DEFER : EventClass.SEND, fails ? REFUSED : null);
            millis += TRAFFIC.toMillis() * (i + 1L) / EVENTS - TRAFFIC.toMillis() * i / EVENTS;
        }
        producer.markProgress();
        producer.flush();
        awaitEvents();
        return EVENTS / ((System.nanoTime() - begin) / 1e9);
    }

    private void send(int connector, EventClass event, @Nullable String reply) throws IOException {
        message++;
        producer.send(new MessageTraceEvent(
                "northwind",
                START.plusMillis(millis),
                event,
                null,
                "SMTP",
                "message-" + message,
                null,
                null,
                null,
                "user" + message % 1_000 + "@contoso.example",
                "northwind.example",
                "Connector " + connector,
                ConnectorSource.ROW,
                reply,
                null,
                null,
                Platform.EXCHANGE_ONLINE,
                null));
    }

    private void awaitEvents() throws IOException, InterruptedException {
        while (events() < message) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Whatever became of them. */
    private long events() throws IOException {
        long events = 0;
        for (JsonNode fate : get("/api/v1/pipeline").get("events")) {
            events += fate.asLong();
        }
        return events;
    }

    private JsonNode get(String path) throws IOException {
        try (InputStream answer = page.resolve(path).toURL().openStream()) {
            return Json.MAPPER.readTree(answer);
        }
    }

    private static void print(String what, String figures, Object... values) {
        System.out.printf(Locale.ROOT, "%-42s %s%n", what, String.format(Locale.ROOT, figures, values));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
