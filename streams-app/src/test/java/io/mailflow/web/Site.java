package io.mailflow.web;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.WebSettings;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadState;
import io.mailflow.readmodel.Records;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real server over a real database with a day in it, and a program in any state. */
final class Site implements AutoCloseable, Program {

    static final Instant NOW = Instant.parse("2026-01-05T08:16:00Z");

    final ReadModel model;
    final WebServer server;
    final AtomicInteger rebuilds = new AtomicInteger();
    volatile ReadState state = ReadState.RUNNING;
    volatile @Nullable String reason;
    private final HttpClient client;

    private Site(Path folder, WebSettings settings, HttpClient client) {
        this.client = client;
        model = ReadModel.open(folder);
        Records.ofADay().into(model);
        server = WebServer.start(
                settings,
                model,
                this,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Catalogue.shipped(),
                InstantSource.fixed(NOW));
    }

    static Site open(Path folder) {
        return open(folder, WebSettings.DEFAULT.withPort(0));
    }

    static Site open(Path folder, WebSettings settings) {
        return open(folder, settings, HttpClient.newHttpClient());
    }

    /** @param client that trusts the server's certificate */
    static Site open(Path folder, WebSettings settings, HttpClient client) {
        return new Site(folder, settings, client);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create(server.url().replaceFirst("/$", "") + path);
    }

    HttpClient client() {
        return client;
    }

    @Override
    public ReadState state() {
        return state;
    }

    @Override
    public @Nullable String reason() {
        return reason;
    }

    @Override
    public StreamReport stream() {
        return new StreamReport(
                "running",
                1_024,
                List.of(new StreamReport.StreamThread("thread-1", "running", List.of("0_0"), List.of("1_0"))));
    }

    @Override
    public GroupReport group() {
        return new GroupReport(
                "stable",
                NOW,
                null,
                List.of(
                        instance("mailflow-3b1f", "10.0.0.7", true, 0, 12L),
                        instance("mailflow-9c2e", "10.0.0.8", false, 1, null)));
    }

    private static GroupReport.Instance instance(
            String name, String host, boolean answering, int partition, @Nullable Long lag) {
        return new GroupReport.Instance(
                name,
                host,
                answering,
                List.of(new GroupReport.Member(
                        "StreamThread-1", List.of(new GroupReport.Share("mailflow.trace-events", partition, lag)))));
    }

    @Override
    public RouterReport router() {
        return new RouterReport(true, 2, 31, 0, 4, 0, 0, 0);
    }

    @Override
    public ReadModelReport readModel() {
        return new ReadModelReport(state, model.version(), 3, model.bytes());
    }

    @Override
    public void rebuildReadModel() {
        rebuilds.incrementAndGet();
    }

    @Override
    public void close() {
        server.close();
        model.close();
    }
}
