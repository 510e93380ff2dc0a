package io.mailflow.readmodel;

import io.mailflow.catalogue.Clue;
import io.mailflow.catalogue.OtherConnectors;
import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.catalogue.OtherConnectors.Well;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the other connectors of a tenant tell about an alert, now. */
public final class ClueQuestions {

    /** Of more that fail in the same way no more is learned. */
    private static final int MOST_ALIKE = 100;

    private final ReadModel model;

    public ClueQuestions(ReadModel model) {
        this.model = model;
    }

    /** The clues about each alert by its id; nothing about those that are over. */
    public Map<String, Set<Clue>> about(List<Alert> alerts) {
        return model.read(sql -> {
            Map<String, Set<Clue>> clues = new HashMap<>();
            for (Alert alert : alerts) {
                if (alert.state() == AlertState.OPEN) {
                    clues.put(alert.id(), about(sql, alert));
                }
            }
            return clues;
        });
    }

    private static Set<Clue> about(Sql sql, Alert alert) throws SQLException {
        Failing one = Failing.of(alert);
        Set<String> places = Standings.read(
                        sql, "registration", new ConnectorId(one.tenant(), one.connector()), ConnectorEntry.class)
                .map(OtherConnectors::places)
                .orElse(Set.of());
        List<Failing> failing = new ArrayList<>(alike(sql, one));
        Set<String> leadingThere = new HashSet<>(places);
        leadingThere.addAll(one.servers());
        List<Well> well = new ArrayList<>();
        for (String server : one.servers()) {
            failing.addAll(at(sql, one, server));
        }
        for (String place : leadingThere) {
            well.addAll(delivering(sql, one, place));
        }
        return OtherConnectors.about(one, places, failing, well);
    }

    /** Those that began to fail with the same code at about the same time, with the servers of each. */
    private static List<Failing> alike(Sql sql, Failing one) throws SQLException {
        List<Failing> alike = new ArrayList<>();
        record Other(String alert, Failing failing) {}
        List<Other> others = sql.query(
                "SELECT alert, connector, cause, since FROM failing"
                        + " WHERE tenant = ? AND server = ? AND code = ? AND since BETWEEN ? AND ? AND connector <> ?"
                        + " LIMIT " + MOST_ALIKE,
                row -> new Other(
                        row.text("alert"),
                        new Failing(
                                one.tenant(),
                                row.text("connector"),
                                one.code(),
                                row.maybeText("cause"),
                                Objects.requireNonNull(row.maybeInstant("since")),
                                Set.of())),
                one.tenant(),
                FailingRows.NO_SERVER,
                one.code(),
                one.since().minus(OtherConnectors.TOGETHER),
                one.since().plus(OtherConnectors.TOGETHER),
                one.connector());
        for (Other other : others) {
            Failing failing = other.failing();
            alike.add(new Failing(
                    failing.tenant(),
                    failing.connector(),
                    failing.code(),
                    failing.cause(),
                    failing.since(),
                    servers(sql, other.alert())));
        }
        return alike;
    }

    private static Set<String> servers(Sql sql, String alert) throws SQLException {
        return Set.copyOf(sql.query(
                "SELECT server FROM failing WHERE alert = ? AND server <> ?",
                row -> row.text("server"),
                alert,
                FailingRows.NO_SERVER));
    }

    private static List<Failing> at(Sql sql, Failing one, String server) throws SQLException {
        return sql.query(
                "SELECT DISTINCT connector, code, since FROM failing WHERE tenant = ? AND server = ?"
                        + " AND connector <> ? LIMIT " + MOST_ALIKE,
                row -> new Failing(
                        one.tenant(),
                        row.text("connector"),
                        row.text("code"),
                        null,
                        Objects.requireNonNull(row.maybeInstant("since")),
                        Set.of(server)),
                one.tenant(),
                server,
                one.connector());
    }

    private static List<Well> delivering(Sql sql, Failing one, String place) throws SQLException {
        return sql.query(
                "SELECT connector FROM leads_to JOIN connector USING (tenant, connector)"
                        + " WHERE tenant = ? AND place = ? AND connector <> ? AND open_alerts = 0"
                        + " AND last_delivered >= at - ? LIMIT 1",
                row -> new Well(one.tenant(), row.text("connector"), Set.of(place)),
                one.tenant(),
                place,
                one.connector(),
                OtherConnectors.LATELY.toMillis());
    }
}
