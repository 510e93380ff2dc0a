package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code /metrics}: OpenMetrics, or Prometheus's text format for callers that cannot read it, such as browsers. */
final class MetricsRoute {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsRoute(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/metrics", this::metrics, Role.READER);
    }

    private void metrics(Context ctx) {
        String accept = ctx.header("Accept");
        boolean textOnly = accept != null && !accept.contains("openmetrics") && accept.contains("text/");
        String type = textOnly ? TEXT : OPEN_METRICS;
        ctx.contentType(type).result(registry.scrape(type));
    }
}
