package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import io.javalin.router.JavalinDefaultRoutingApi;

/** {@code /api/v1/events}. */
final class EventRoutes {

    private static final String TYPE = "text/event-stream";

    private final SseHandler handler;

    EventRoutes(EventStream events) {
        this.handler = new SseHandler((SseClient client) -> events.join(client));
    }

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/events", this::follow, Role.READER);
    }

    private void follow(Context ctx) {
        Parameters.of(ctx);
        String accept = ctx.header("Accept");
        if (accept == null || !accept.contains(TYPE)) {
            throw new ProblemException(
                    ProblemKind.NOT_ACCEPTABLE, "Events come as " + TYPE + " only; send Accept: " + TYPE + ".");
        }
        handler.handle(ctx);
    }
}
