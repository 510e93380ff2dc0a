package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Publications and the latest of each alert, from {@code mailflow.alerts} and {@code mailflow.alert-state}. */
final class AlertRows {

    private AlertRows() {}

    /** Takes a publication in; empty if it was seen before. */
    static Optional<AlertNews> put(Sql sql, Alert alert) throws SQLException {
        boolean provisionalBefore = sql.first(
                        "SELECT provisional FROM publication WHERE id = ? AND sequence = ?",
                        row -> row.holds("provisional"),
                        alert.id(),
                        alert.sequence())
                .orElse(true);
        String json = JsonText.of(alert);
        // Only what silence alone opened may come again as something else under its number.
        boolean news = provisionalBefore
                && sql.update(
                                "INSERT INTO publication (id, sequence, provisional, json) VALUES (?, ?, ?, ?) ON CONFLICT"
                                        + " DO UPDATE SET provisional = excluded.provisional, json = excluded.json"
                                        + " WHERE json <> excluded.json",
                                alert.id(),
                                alert.sequence(),
                                alert.provisional() ? 1 : 0,
                                json)
                        > 0;
        if (!news) {
            return Optional.empty();
        }
        count(sql, alert);
        sql.update(
                "INSERT INTO alert (id, sequence, tenant, connector, code, state, severity, rank, opened_at, changed_at,"
                        + " resolved_at, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET sequence = excluded.sequence, state = excluded.state,"
                        + " severity = excluded.severity, rank = excluded.rank, opened_at = excluded.opened_at,"
                        + " changed_at = excluded.changed_at, resolved_at = excluded.resolved_at, json = excluded.json"
                        + " WHERE excluded.sequence >= sequence",
                alert.id(),
                alert.sequence(),
                alert.tenant(),
                alert.connector(),
                alert.code(),
                Words.of(alert.state()),
                Words.of(alert.severity()),
                -Gravity.of(alert.severity()),
                alert.openedAt(),
                alert.changedAt(),
                alert.resolvedAt(),
                json);
        return Optional.of(AlertNews.of(alert));
    }

    /** A key has no alert any more. */
    static void remove(Sql sql, List<String> key) throws SQLException {
        String where =
                " WHERE tenant = ? AND connector = ? AND code = ? AND state = '" + Words.of(AlertState.OPEN) + "'";
        Object[] of = key.toArray();
        sql.update("INSERT OR IGNORE INTO gone (kind, name) SELECT 'alert', id FROM alert" + where, of);
        sql.update("DELETE FROM publication WHERE id IN (SELECT id FROM alert" + where + ")", of);
        sql.update("DELETE FROM alert" + where, of);
    }

    private static void count(Sql sql, Alert alert) throws SQLException {
        for (Reason reason : alert.reasons()) {
            Tallies.add(sql, Tallies.PUBLICATIONS, Words.of(alert.publication()) + " " + Words.of(reason));
        }
    }
}
