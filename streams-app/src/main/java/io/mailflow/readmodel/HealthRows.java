package io.mailflow.readmodel;

import io.mailflow.naming.Metrics;
import io.mailflow.schema.ConnectorHealth;
import java.sql.SQLException;

/** Connectors as {@code mailflow.connector-health} has them. */
final class HealthRows {

    private HealthRows() {}

    static void put(Sql sql, ConnectorHealth health) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO health (tenant, connector, json) VALUES (?, ?, ?)",
                health.tenant(),
                health.connector(),
                JsonText.of(health));
        sql.update("DELETE FROM failure WHERE tenant = ? AND connector = ?", health.tenant(), health.connector());
        for (ConnectorHealth.CodeFailures failures : health.failures()) {
            putFailures(sql, health, failures.code(), failures.attempts());
        }
        ConnectorHealth.Unlisted rest = health.unlisted();
        if (rest != null) {
            putFailures(sql, health, Metrics.OTHERS, rest.attempts());
        }
    }

    private static void putFailures(Sql sql, ConnectorHealth health, String code, long attempts) throws SQLException {
        sql.update(
                "INSERT INTO failure (tenant, connector, code, attempts) VALUES (?, ?, ?, ?)",
                health.tenant(),
                health.connector(),
                code,
                attempts);
    }

    static void remove(Sql sql, ConnectorId id) throws SQLException {
        for (String table : new String[] {"health", "failure"}) {
            sql.update("DELETE FROM " + table + " WHERE tenant = ? AND connector = ?", id.tenant(), id.connector());
        }
    }
}
