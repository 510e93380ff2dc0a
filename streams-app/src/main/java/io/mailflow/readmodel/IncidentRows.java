package io.mailflow.readmodel;

import io.mailflow.schema.Incident;
import java.sql.SQLException;

/** Incidents as {@code mailflow.incidents} has them, and which alert belongs to which. */
final class IncidentRows {

    private IncidentRows() {}

    static void put(Sql sql, Incident incident) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO incident (id, tenant, state, opened_at, changed_at, json) VALUES (?, ?, ?, ?, ?, ?)",
                incident.id(),
                incident.tenant(),
                Words.of(incident.state()),
                incident.openedAt(),
                incident.changedAt(),
                JsonText.of(incident));
        for (Incident.Member episode : incident.episodes()) {
            sql.update(
                    "INSERT OR REPLACE INTO incident_alert (alert, incident) VALUES (?, ?)",
                    episode.alert(),
                    incident.id());
        }
    }

    static void remove(Sql sql, String id) throws SQLException {
        int removed = sql.update("DELETE FROM incident WHERE id = ?", id);
        if (removed > 0) {
            sql.update("INSERT OR IGNORE INTO gone (kind, name) VALUES (?, ?)", Gone.INCIDENT, id);
        }
        sql.update("DELETE FROM incident_alert WHERE incident = ?", id);
    }
}
