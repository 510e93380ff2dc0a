package io.mailflow.readmodel;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Severity;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the metrics need beside the overview. */
public final class MetricQuestions {

    private static final Duration SIZE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ReadModel model;

    public MetricQuestions(ReadModel model) {
        this.model = model;
    }

    /** Sums over all connectors and alerts. */
    public Totals totals() {
        return model.read(sql -> new Totals(
                sum(sql, "delivered"),
                sql.query(
                        "SELECT code, sum(attempts) AS attempts FROM failure GROUP BY code ORDER BY attempts DESC, code",
                        row -> new Tally(row.text("code"), row.count("attempts"))),
                sum(sql, "recipients"),
                sum(sql, "expired"),
                alerts(sql),
                Tallies.all(sql, Tallies.PUBLICATIONS)));
    }

    /** A connector's failed attempts of the hour up to and with the 5-minute window of {@code at}, by code. */
    public List<Tally> lastHourByCode(ConnectorId id, Instant at) {
        return model.read(sql -> sql.query(
                "SELECT code, sum(attempts) AS attempts FROM window_count WHERE size = ? AND tenant = ?"
                        + " AND connector = ? AND start >= ? AND start <= ? AND code <> '' GROUP BY code"
                        + " ORDER BY attempts DESC, code",
                row -> new Tally(row.text("code"), row.count("attempts")),
                SIZE.toMillis(),
                id.tenant(),
                id.connector(),
                Periods.floor(at, SIZE).plus(SIZE).minus(HOUR),
                at));
    }

    /** Sums over all connectors but the most urgent ones. */
    public Rest restAfter(int mostUrgent) {
        return model.read(sql -> sql.first(
                        "SELECT count(*) AS connectors, coalesce(sum(recipients), 0) AS recipients,"
                                + " coalesce(sum(expired), 0) AS expired, min(oldest_since) AS oldest_since,"
                                + " min(next_deadline) AS next_deadline FROM (SELECT * FROM connector ORDER BY "
                                + ConnectorQuestions.URGENCY + " LIMIT -1 OFFSET ?)",
                        row -> new Rest(
                                row.count("connectors"),
                                row.count("recipients"),
                                row.count("expired"),
                                row.maybeInstant("oldest_since"),
                                row.maybeInstant("next_deadline")),
                        mostUrgent)
                .orElseThrow());
    }

    private static long sum(Sql sql, String column) throws SQLException {
        return sql.first("SELECT coalesce(sum(" + column + "), 0) AS total FROM connector", row -> row.count("total"))
                .orElse(0L);
    }

    private static Map<AlertState, Map<Severity, Long>> alerts(Sql sql) throws SQLException {
        Map<AlertState, Map<Severity, Long>> alerts = new EnumMap<>(AlertState.class);
        for (AlertState state : AlertState.values()) {
            Map<Severity, Long> bySeverity = new EnumMap<>(Severity.class);
            for (Severity severity : Severity.values()) {
                bySeverity.put(severity, 0L);
            }
            alerts.put(state, bySeverity);
        }
        sql.query("SELECT state, severity, count(*) AS count FROM alert GROUP BY state, severity", row -> {
            AlertState state = Words.read(row.text("state"), AlertState.class);
            Severity severity = Words.read(row.text("severity"), Severity.class);
            return alerts.computeIfAbsent(state, first -> new EnumMap<>(Severity.class))
                    .put(severity, row.count("count"));
        });
        return alerts;
    }
}
