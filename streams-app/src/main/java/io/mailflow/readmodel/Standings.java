package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together the one line that each connector has in the overview, from its health, registration and open alerts. */
final class Standings {

    private static final int CODES = 5;

    /** Sorts after every deadline. */
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private Standings() {}

    /** Brings the line of a connector up to date; removes it when nothing is known of the connector any more. */
    static void refresh(Sql sql, ConnectorId id) throws SQLException {
        Optional<ConnectorHealth> health = read(sql, "health", id, ConnectorHealth.class);
        Optional<ConnectorEntry> entry = read(sql, "registration", id, ConnectorEntry.class);
        List<Alert> open = openAlerts(sql, id);
        if (health.isEmpty() && entry.isEmpty() && open.isEmpty()) {
            int removed =
                    sql.update("DELETE FROM connector WHERE tenant = ? AND connector = ?", id.tenant(), id.connector());
            if (removed > 0) {
                sql.update("INSERT OR IGNORE INTO gone (kind, name) VALUES ('connector', ?)", name(id));
            }
            return;
        }
        put(sql, id, health.orElse(null), entry.orElse(null), open);
    }

    /** What a connector is called among things that are gone; a tab is in no name. */
    static String name(ConnectorId id) {
        return id.tenant() + "\t" + id.connector();
    }

    static List<Alert> openAlerts(Sql sql, ConnectorId id) throws SQLException {
        return sql.query(
                "SELECT json FROM alert WHERE tenant = ? AND connector = ? AND state = ? ORDER BY rank, opened_at DESC, id",
                row -> JsonText.read(row.text("json"), Alert.class),
                id.tenant(),
                id.connector(),
                Words.of(AlertState.OPEN));
    }

    static <T> Optional<T> read(Sql sql, String table, ConnectorId id, Class<T> type) throws SQLException {
        return sql.first(
                "SELECT json FROM " + table + " WHERE tenant = ? AND connector = ?",
                row -> JsonText.read(row.text("json"), type),
                id.tenant(),
                id.connector());
    }

    private static void put(
            Sql sql, ConnectorId id, @Nullable ConnectorHealth health, @Nullable ConnectorEntry entry, List<Alert> open)
            throws SQLException {
        Severity worst = open.stream()
                .map(Alert::severity)
                .max(Comparator.naturalOrder())
                .orElse(null);
        Instant due = health == null ? null : health.queue().nextDeadline();
        long recipients = health == null ? 0 : health.queue().recipients();
        sql.update(
                "INSERT OR REPLACE INTO connector (tenant, connector, type, state, severity, open_alerts, codes, owner, at,"
                        + " delivered, failed, messages, recipients, oldest_since, next_deadline, expired,"
                        + " last_delivered, last_failed, folded, rank, due, load)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id.tenant(),
                id.connector(),
                Words.of(type(health, entry)),
                Words.of(state(health, open)),
                worst == null ? null : Words.of(worst),
                open.size(),
                JsonText.of(codes(health, open)),
                entry == null ? null : entry.owner(),
                health == null ? null : health.at(),
                health == null ? 0 : health.attempts().delivered(),
                health == null ? 0 : health.attempts().failed(),
                health == null ? 0 : health.queue().messages(),
                recipients,
                health == null ? null : health.queue().oldestSince(),
                due,
                health == null ? 0 : health.queue().expired(),
                health == null ? null : health.lastDelivered(),
                health == null ? null : health.lastFailed(),
                name(id).toLowerCase(Locale.ROOT),
                -Gravity.of(worst),
                due == null ? NO_DEADLINE : due.toEpochMilli(),
                -recipients);
    }

    private static ConnectorType type(@Nullable ConnectorHealth health, @Nullable ConnectorEntry entry) {
        if (entry != null) {
            return entry.type();
        }
        return health == null ? ConnectorType.UNKNOWN : health.type();
    }

    private static ConnectorState state(@Nullable ConnectorHealth health, List<Alert> open) {
        if (open.stream().anyMatch(alert -> alert.reasons().contains(Reason.CONNECTOR_DOWN))) {
            return ConnectorState.DOWN;
        }
        if (!open.isEmpty()) {
            return ConnectorState.ALERTING;
        }
        if (health == null) {
            return ConnectorState.UNSEEN;
        }
        return health.queue().recipients() > 0 ? ConnectorState.QUEUED : ConnectorState.CLEAR;
    }

    private static List<String> codes(@Nullable ConnectorHealth health, List<Alert> open) {
        Stream<String> failing =
                health == null ? Stream.empty() : health.failures().stream().map(ConnectorHealth.CodeFailures::code);
        return Stream.concat(open.stream().map(Alert::code), failing)
                .distinct()
                .limit(CODES)
                .toList();
    }
}
