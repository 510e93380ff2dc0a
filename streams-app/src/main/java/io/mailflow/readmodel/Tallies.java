package io.mailflow.readmodel;

import java.sql.SQLException;
import java.util.List;

/** Counts that only grow while the database is there. */
final class Tallies {

    /** Publications of alerts, by publication, why and reason: {@code opened threshold-reached connector-down}. */
    static final String PUBLICATIONS = "publications";

    static final String DEAD_LETTERS = "dead-letters";
    static final String LATE_EVENTS = "late-events";

    private Tallies() {}

    static void add(Sql sql, String kind, String name) throws SQLException {
        sql.update(
                "INSERT INTO tally (kind, name, count) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                kind,
                name);
    }

    static List<Tally> all(Sql sql, String kind) throws SQLException {
        return sql.query(
                "SELECT name, count FROM tally WHERE kind = ? ORDER BY count DESC, name",
                row -> new Tally(row.text("name"), row.count("count")),
                kind);
    }
}
