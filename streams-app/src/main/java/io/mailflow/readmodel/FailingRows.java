package io.mailflow.readmodel;

import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Where open alerts fail, so that those at one server find each other. */
final class FailingRows {

    /** Of the row that every alert has, whether a server is known or not. */
    static final String NO_SERVER = "";

    private FailingRows() {}

    static void put(Sql sql, Alert alert) throws SQLException {
        sql.update("DELETE FROM failing WHERE alert = ?", alert.id());
        if (alert.state() != AlertState.OPEN) {
            return;
        }
        Failing failing = Failing.of(alert);
        List<String> servers = new ArrayList<>(failing.servers());
        servers.add(NO_SERVER);
        for (String server : servers) {
            sql.update(
                    "INSERT INTO failing (alert, server, tenant, connector, code, cause, since) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    alert.id(),
                    server,
                    failing.tenant(),
                    failing.connector(),
                    failing.code(),
                    failing.cause(),
                    failing.since());
        }
    }
}
