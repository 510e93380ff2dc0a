package io.mailflow.naming;

/** Names of topology nodes, verb first. */
public final class Operators {

    public static final String INGEST_TRACE_EVENTS = "ingest-trace-events";
    public static final String INDEX_REGISTRY = "index-registry";
    public static final String TRACK_MESSAGES = "track-messages";
    public static final String SELECT_DELTAS = "select-deltas";
    public static final String UNWRAP_DELTAS = "unwrap-deltas";
    public static final String SELECT_LATE_EVENTS = "select-late-events";
    public static final String KEY_LATE_EVENTS = "key-late-events";
    public static final String SELECT_TRACKER_PROGRESS = "select-tracker-progress";
    public static final String KEY_TRACKER_PROGRESS = "key-tracker-progress";
    public static final String REPARTITION_DELTAS = "connector-deltas";
    public static final String MONITOR_CONNECTORS = "monitor-connectors";
    public static final String SELECT_ALERTS = "select-alerts";
    public static final String SELECT_FAILURES = "select-connector-failures";
    public static final String SELECT_HEALTH = "select-connector-health";
    public static final String SELECT_MONITOR_PROGRESS = "select-monitor-progress";
    public static final String EGRESS_LATE_EVENTS = "egress-late-events";
    public static final String EGRESS_TRACKER_PROGRESS = "egress-tracker-progress";
    public static final String EGRESS_MONITOR_PROGRESS = "egress-monitor-progress";
    public static final String EGRESS_ALERTS = "egress-alerts";
    public static final String EGRESS_ALERT_STATE = "egress-alert-state";
    public static final String EGRESS_FAILURES = "egress-connector-failures";
    public static final String EGRESS_HEALTH = "egress-connector-health";

    private Operators() {}
}
