package io.mailflow.readmodel;

import io.mailflow.schema.WindowCount;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Windows, from {@code mailflow.connector-failures}: the newest record of each. */
final class WindowRows {

    private WindowRows() {}

    static void put(Sql sql, WindowCount window) throws SQLException {
        String code = window.code();
        sql.update(
                "INSERT OR REPLACE INTO window_count (size, tenant, connector, start, code, delivered, attempts,"
                        + " messages, recipients, final) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                window.size().toMillis(),
                window.tenant(),
                window.connector(),
                window.start(),
                code == null ? "" : code,
                window.delivered(),
                window.attempts(),
                window.messages(),
                window.recipients(),
                window.isFinal() ? 1 : 0);
    }

    /** @param key tenant, connector, code, size and start */
    static void remove(Sql sql, List<String> key) throws SQLException {
        sql.update(
                "DELETE FROM window_count WHERE tenant = ? AND connector = ? AND code = ? AND size = ? AND start = ?",
                key.get(0),
                key.get(1),
                key.get(2),
                Duration.parse(key.get(3)).toMillis(),
                Instant.parse(key.get(4)));
    }
}
