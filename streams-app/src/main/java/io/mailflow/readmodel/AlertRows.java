package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Reason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Publications and the latest of each alert, from {@code mailflow.alerts} and {@code mailflow.alert-state}. */
final class AlertRows {

    /** A publication that its sequence tells apart from all others of its alert. */
    private static final String BY_SEQUENCE = "";

    private static final String PROVISIONAL = "provisional";

    private AlertRows() {}

    /**
     * Takes in a publication from the topic of all publications, whose order counts; empty if it was seen before. What is
     * provisional, corrected or become current repeats the sequence of another publication and is not the same for it.
     */
    static Optional<AlertNews> put(Sql sql, Alert alert) throws SQLException {
        if (!putPublication(sql, alert)) {
            return Optional.empty();
        }
        count(sql, alert);
        putLatest(sql, alert);
        return Optional.of(AlertNews.of(alert));
    }

    /**
     * Takes in the latest publication of a key: it tells of alerts whose publications are not kept any more. Of all others
     * it tells nothing, as the two topics do not arrive in one order.
     */
    static Optional<AlertNews> putState(Sql sql, Alert alert) throws SQLException {
        boolean told = sql.first("SELECT 1 FROM publication WHERE id = ? LIMIT 1", row -> true, alert.id())
                .orElse(false);
        return !told && putLatest(sql, alert) ? Optional.of(AlertNews.of(alert)) : Optional.empty();
    }

    private static boolean putPublication(Sql sql, Alert alert) throws SQLException {
        String kind = kind(alert);
        if (kind.equals(PROVISIONAL)
                && sql.first(
                                "SELECT 1 FROM publication WHERE id = ? AND sequence = ? AND kind = ?",
                                row -> true,
                                alert.id(),
                                alert.sequence(),
                                BY_SEQUENCE)
                        .isPresent()) {
            return false;
        }
        boolean news = sql.update(
                        "INSERT OR IGNORE INTO publication (id, sequence, kind, at, place, json) VALUES (?, ?, ?, ?,"
                                + " (SELECT coalesce(max(place), 0) + 1 FROM publication WHERE id = ?), ?)",
                        alert.id(),
                        alert.sequence(),
                        kind,
                        kind.equals(BY_SEQUENCE) ? Instant.EPOCH : alert.changedAt(),
                        alert.id(),
                        JsonText.of(alert))
                > 0;
        if (news && kind.equals(BY_SEQUENCE)) {
            // Progress has confirmed what silence alone had said.
            sql.update(
                    "DELETE FROM publication WHERE id = ? AND sequence = ? AND kind = ?",
                    alert.id(),
                    alert.sequence(),
                    PROVISIONAL);
        }
        return news;
    }

    private static String kind(Alert alert) {
        return switch (alert.publication()) {
            case CORRECTED, BECAME_CURRENT -> Words.of(alert.publication());
            case OPENED, ESCALATED, CHANGED, REPEATED, RESOLVED -> alert.provisional() ? PROVISIONAL : BY_SEQUENCE;
        };
    }

    /** False if it is the latest already. */
    private static boolean putLatest(Sql sql, Alert alert) throws SQLException {
        FailingRows.put(sql, alert);
        return sql.update(
                        "INSERT INTO alert (id, sequence, tenant, connector, code, state, severity, rank, opened_at,"
                                + " changed_at, resolved_at, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET sequence = excluded.sequence, state = excluded.state,"
                                + " severity = excluded.severity, rank = excluded.rank,"
                                + " opened_at = excluded.opened_at, changed_at = excluded.changed_at,"
                                + " resolved_at = excluded.resolved_at, json = excluded.json"
                                + " WHERE json <> excluded.json",
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
                        JsonText.of(alert))
                > 0;
    }

    /** A key has no alert any more. */
    static void remove(Sql sql, List<String> key) throws SQLException {
        String where =
                " WHERE tenant = ? AND connector = ? AND code = ? AND state = '" + Words.of(AlertState.OPEN) + "'";
        Object[] of = key.toArray();
        sql.update("INSERT OR IGNORE INTO gone (kind, name) SELECT 'alert', id FROM alert" + where, of);
        sql.update("DELETE FROM publication WHERE id IN (SELECT id FROM alert" + where + ")", of);
        sql.update("DELETE FROM failing WHERE alert IN (SELECT id FROM alert" + where + ")", of);
        sql.update("DELETE FROM alert" + where, of);
    }

    private static void count(Sql sql, Alert alert) throws SQLException {
        for (Reason reason : alert.reasons()) {
            String decision =
                    Words.of(alert.publication()) + " " + alert.evidence().why();
            Tallies.add(sql, Tallies.PUBLICATIONS, decision + " " + Words.of(reason));
        }
    }
}
