package io.mailflow.readmodel;

import io.mailflow.catalogue.Clue;
import io.mailflow.catalogue.OtherConnectors;
import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.catalogue.OtherConnectors.Well;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Failing> failing = new ArrayList<>(alike(sql, one));
        failing.addAll(atItsServers(sql, one, alert.id()));
        return OtherConnectors.about(one, places(sql, one), failing, delivering(sql, one, alert.id()));
    }

    /** Those that began to fail with the same code at about the same time, with the servers of each. */
    private static Collection<Failing> alike(Sql sql, Failing one) throws SQLException {
        Map<String, Failing> alike = new LinkedHashMap<>();
        sql.query(
                "SELECT other.alert, other.connector, other.cause, other.since, place.server"
                        + " FROM (SELECT alert, connector, cause, since FROM failing WHERE tenant = ? AND server = ?"
                        + " AND code = ? AND since BETWEEN ? AND ? AND connector <> ? LIMIT " + MOST_ALIKE
                        + ") AS other"
                        + " LEFT JOIN failing AS place ON place.alert = other.alert AND place.server <> ?",
                row -> alike.merge(
                        row.text("alert"),
                        new Failing(
                                one.tenant(),
                                row.text("connector"),
                                one.code(),
                                row.maybeText("cause"),
                                Objects.requireNonNull(row.maybeInstant("since")),
                                Stream.ofNullable(row.maybeText("server")).collect(Collectors.toSet())),
                        ClueQuestions::withServersOf),
                one.tenant(),
                FailingRows.NO_SERVER,
                one.code(),
                one.since().minus(OtherConnectors.TOGETHER),
                one.since().plus(OtherConnectors.TOGETHER),
                one.connector(),
                FailingRows.NO_SERVER);
        return alike.values();
    }

    private static Failing withServersOf(Failing failing, Failing same) {
        Set<String> servers = new HashSet<>(failing.servers());
        servers.addAll(same.servers());
        return new Failing(
                failing.tenant(), failing.connector(), failing.code(), failing.cause(), failing.since(), servers);
    }

    /** Those that fail at any of its servers, with whatever code. */
    private static List<Failing> atItsServers(Sql sql, Failing one, String alert) throws SQLException {
        return sql.query(
                "SELECT DISTINCT other.connector, other.code, other.since, other.server"
                        + " FROM failing AS mine JOIN failing AS other USING (tenant, server)"
                        + " WHERE mine.alert = ? AND mine.server <> ? AND other.connector <> mine.connector"
                        + " AND other.connector <> ? LIMIT " + MOST_ALIKE,
                row -> new Failing(
                        one.tenant(),
                        row.text("connector"),
                        row.text("code"),
                        null,
                        Objects.requireNonNull(row.maybeInstant("since")),
                        Set.of(row.text("server"))),
                alert,
                FailingRows.NO_SERVER,
                ConnectorSource.UNKNOWN_CONNECTOR);
    }

    private static Set<String> places(Sql sql, Failing one) throws SQLException {
        return Set.copyOf(sql.query(
                "SELECT place FROM leads_to WHERE tenant = ? AND connector = ?",
                row -> row.text("place"),
                one.tenant(),
                one.connector()));
    }

    /** One that is well and leads where this one leads by its registration, or where it fails. */
    private static List<Well> delivering(Sql sql, Failing one, String alert) throws SQLException {
        return sql.query(
                "SELECT connector, place FROM leads_to JOIN connector USING (tenant, connector)"
                        + " WHERE tenant = ? AND connector <> ? AND open_alerts = 0 AND last_delivered >= at - ?"
                        + " AND place IN (SELECT server FROM failing WHERE alert = ?"
                        + " UNION SELECT place FROM leads_to WHERE tenant = ? AND connector = ?) LIMIT 1",
                row -> new Well(one.tenant(), row.text("connector"), Set.of(row.text("place"))),
                one.tenant(),
                one.connector(),
                OtherConnectors.LATELY.toMillis(),
                alert,
                one.tenant(),
                one.connector());
    }
}
