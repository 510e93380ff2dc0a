package io.mailflow.naming;

import java.util.List;

/**
 * Every metric of the program's own, with what it means; {@code docs/metrics.md} is made from here. Those of Kafka
 * Streams, its clients and the JVM have the names that Micrometer gives them. A name is public: it is never renamed.
 */
public enum Metrics {
    CONNECTOR_QUEUED(
            "mailflow_connector_queued_recipients",
            Type.GAUGE,
            "Recipients queued now. Series of their own for the most urgent connectors; all others are one sum under"
                    + " the tenant and connector (others).",
            "tenant",
            "connector"),
    CONNECTOR_OLDEST_AGE(
            "mailflow_connector_oldest_age_seconds",
            Type.GAUGE,
            "How long the recipient queued longest has been waiting, by the clock; no series without a queue.",
            "tenant",
            "connector"),
    CONNECTOR_NEXT_EXPIRY(
            "mailflow_connector_next_expiry_seconds",
            Type.GAUGE,
            "Time until the next queued recipient expires, by the clock, negative when overdue; no series without a"
                    + " queue.",
            "tenant",
            "connector"),
    CONNECTOR_EXPIRED(
            "mailflow_connector_expired_recipients",
            Type.GAUGE,
            "Recipients given up since counting began. May fall: a later event takes back.",
            "tenant",
            "connector"),
    CONNECTOR_ATTEMPTS(
            "mailflow_connector_attempts_last_hour",
            Type.GAUGE,
            "Attempts of the newest twelve 5-minute windows by result; failed ones by code, at most ten codes and one"
                    + " sum under (others). Of the most urgent connectors only.",
            "tenant",
            "connector",
            "result",
            "code"),
    CONNECTOR_SEVERITY(
            "mailflow_connector_severity",
            Type.GAUGE,
            "The gravest open alert: 0 none, 1 warning, 2 high, 3 critical. Of the most urgent connectors only.",
            "tenant",
            "connector"),
    CONNECTORS("mailflow_connectors", Type.GAUGE, "Connectors by state.", "state"),
    CONNECTORS_DROPPED(
            "mailflow_connectors_without_series",
            Type.GAUGE,
            "Connectors that have no series of their own, because web.metrics-connectors more urgent ones have."),
    QUEUED("mailflow_queued_recipients", Type.GAUGE, "Recipients queued now, on all connectors."),
    ATTEMPTS(
            "mailflow_attempts_total",
            Type.COUNTER,
            "Attempts since counting began by result, failed ones by code; after a hundred codes the rest is (others).",
            "result",
            "code"),
    EXPIRED(
            "mailflow_expired_recipients_total",
            Type.COUNTER,
            "Recipients given up since counting began, on all connectors."),
    ALERTS("mailflow_alerts", Type.GAUGE, "Alerts by state and severity.", "state", "severity"),
    PUBLICATIONS(
            "mailflow_alert_publications_total",
            Type.COUNTER,
            "Decisions about alerts that were published and why they were taken, once for each reason that the alert has.",
            "publication",
            "why",
            "reason"),
    EVENTS(
            "mailflow_events_total",
            Type.COUNTER,
            "Events that were read by what became of them; together all events.",
            "fate"),
    LATE_EVENTS("mailflow_late_events_total", Type.COUNTER, "Late events by what they still changed.", "effect"),
    DEAD_LETTERS("mailflow_dead_letters_total", Type.COUNTER, "Records that nobody can read, by kind.", "reason"),
    UNMATCHED(
            "mailflow_unmatched_catalogue_ratio",
            Type.GAUGE,
            "Share of failed attempts whose code has no remediation entry of its own, 0 to 1; no series without"
                    + " failures."),
    WATERMARK_LAG(
            "mailflow_watermark_lag_seconds",
            Type.GAUGE,
            "How far the progress of a partition of a stage is behind the clock.",
            "stage",
            "partition"),
    STATE("mailflow_state", Type.GAUGE, "1 for the state that the program is in, 0 for the others.", "state"),
    READ_MODEL_BEHIND(
            "mailflow_read_model_records_behind",
            Type.GAUGE,
            "Records on the output topics that are not in the local database yet."),
    READ_MODEL_BYTES("mailflow_read_model_bytes", Type.GAUGE, "Size of the local database on disk."),
    FOLLOWERS("mailflow_event_followers", Type.GAUGE, "Callers that follow /api/v1/events."),
    ROUTER_ACTIVE(
            "mailflow_router_active",
            Type.GAUGE,
            "1 while this instance is the one that routes incidents to on-call, else 0."),
    ROUTER_OPEN_INCIDENTS(
            "mailflow_router_open_incidents", Type.GAUGE, "Incidents open now; 0 where this instance does not route."),
    ROUTER_ACCEPTED(
            "mailflow_router_accepted_alerts_total",
            Type.COUNTER,
            "Alerts that an Alertmanager accepted since the start, repetitions included."),
    ROUTER_REFUSED(
            "mailflow_router_refused_calls_total",
            Type.COUNTER,
            "Alerts, or whole calls, that an Alertmanager refused since the start."),
    ROUTER_UNREACHABLE(
            "mailflow_router_unreachable_calls_total",
            Type.COUNTER,
            "Calls since the start that an Alertmanager did not answer, or answered with a failure of its own."),
    ROUTER_UNTOLD(
            "mailflow_router_untold_incidents_total",
            Type.COUNTER,
            "Incidents since the start that were to be paged and were over before any Alertmanager could be told."),
    ROUTER_UNREADABLE(
            "mailflow_router_unreadable_records_total",
            Type.COUNTER,
            "Records of alerts or incidents that the router could not read, since the start."),
    ROUTER_FAILURES(
            "mailflow_router_failures_total",
            Type.COUNTER,
            "Times since the start that the router had to begin again, such as after losing its brokers.");

    /** How Prometheus takes it. */
    public enum Type {
        /** Goes up and down. */
        GAUGE,
        /** Only grows, and begins anew at a restart at the earliest. */
        COUNTER
    }

    /** Label value of what is summed up. */
    public static final String OTHERS = "(others)";

    private static final String TOTAL = "_total";

    private final String id;
    private final Type type;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> labels;

    Metrics(String id, Type type, String help, String... labels) {
        this.id = id;
        this.type = type;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** The name as it is scraped. */
    public String id() {
        return id;
    }

    /** The name without what the format adds to counters. */
    public String baseName() {
        return id.endsWith(TOTAL) ? id.substring(0, id.length() - TOTAL.length()) : id;
    }

    /** Gauge or counter. */
    public Type type() {
        return type;
    }

    /** What it means, one line. */
    public String help() {
        return help;
    }

    /** Names of its labels. */
    public List<String> labels() {
        return labels;
    }

    /** What its value counts: {@code seconds}, {@code bytes}, {@code ratio} or things. */
    public String unit() {
        for (String unit : List.of("seconds", "bytes", "ratio")) {
            if (id.endsWith("_" + unit)) {
                return unit;
            }
        }
        return "count";
    }
}
