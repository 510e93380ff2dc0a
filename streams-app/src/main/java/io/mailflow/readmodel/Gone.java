package io.mailflow.readmodel;

import java.sql.SQLException;

/** What was there and is not any more. */
final class Gone {

    static final String CONNECTOR = "connector";
    static final String ALERT = "alert";
    static final String INCIDENT = "incident";

    private Gone() {}

    static boolean holds(Sql sql, String kind, String name) throws SQLException {
        return sql.first("SELECT 1 AS gone FROM gone WHERE kind = ? AND name = ?", row -> true, kind, name)
                .isPresent();
    }
}
