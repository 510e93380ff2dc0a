package io.mailflow.readmodel;

import io.mailflow.catalogue.OtherConnectors;
import io.mailflow.schema.ConnectorEntry;
import java.sql.SQLException;

/** The registry, from {@code mailflow.connectors}. */
final class RegistrationRows {

    private RegistrationRows() {}

    static void put(Sql sql, ConnectorEntry entry) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO registration (tenant, connector, json) VALUES (?, ?, ?)",
                entry.tenant(),
                entry.name(),
                JsonText.of(entry));
        removePlaces(sql, new ConnectorId(entry.tenant(), entry.name()));
        for (String place : OtherConnectors.places(entry)) {
            sql.update(
                    "INSERT INTO leads_to (tenant, place, connector) VALUES (?, ?, ?)",
                    entry.tenant(),
                    place,
                    entry.name());
        }
    }

    static void remove(Sql sql, ConnectorId id) throws SQLException {
        sql.update("DELETE FROM registration WHERE tenant = ? AND connector = ?", id.tenant(), id.connector());
        removePlaces(sql, id);
    }

    private static void removePlaces(Sql sql, ConnectorId id) throws SQLException {
        sql.update("DELETE FROM leads_to WHERE tenant = ? AND connector = ?", id.tenant(), id.connector());
    }
}
