package io.mailflow.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;

/** Whoever gets woken: records every call of Alertmanager's webhook. */
public final class OnCall implements AutoCloseable {

    private final HttpServer server;
    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();

    public OnCall() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/page", exchange -> {
            calls.add(Json.MAPPER.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/page");
    }

    /** Every call as {@code connector: status, fires …, ended …}. */
    public List<String> pages() {
        return calls.stream().map(OnCall::line).toList();
    }

    /** The first alert of a call. */
    public JsonNode alert(int call) {
        return calls.get(call).at("/alerts/0");
    }

    private static String line(JsonNode call) {
        return call.at("/alerts/0/labels/connector").asText() + ": "
                + String.join(
                        ", ",
                        StreamSupport.stream(call.get("alerts").spliterator(), false)
                                .map(alert -> alert.get("status").asText() + " "
                                        + alert.at("/labels/severity").asText())
                                .sorted()
                                .toList());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
