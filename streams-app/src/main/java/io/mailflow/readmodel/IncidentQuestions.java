package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Member;
import io.mailflow.schema.Remediation;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Incidents, now and before. */
public final class IncidentQuestions {

    private static final String ORDER = "state, -opened_at, id";

    private final ReadModel model;

    public IncidentQuestions(ReadModel model) {
        this.model = model;
    }

    /**
     * One page, open ones first, then the newest.
     *
     * @param titles says what an alert is about by its remediation, in whatever language
     */
    public IncidentPage page(
            @Nullable String tenant,
            @Nullable AlertState state,
            int limit,
            @Nullable String after,
            Function<Remediation, String> titles) {
        Where page = new Where().andIf(tenant, "tenant = ?").andIf(state == null ? null : Words.of(state), "state = ?");
        if (after != null) {
            page.and("(" + ORDER + ") > (?, ?, ?)", Cursor.read(after, String.class, Number.class, String.class));
        }
        List<IncidentLine> found = model.read(sql -> sql.query(
                "SELECT json FROM incident" + page.sql() + " ORDER BY " + ORDER + " LIMIT ?",
                row -> line(sql, JsonText.read(row.text("json"), Incident.class), titles),
                page.values(limit + 1)));
        if (found.size() <= limit) {
            return new IncidentPage(found, null);
        }
        IncidentLine last = found.get(limit - 1);
        return new IncidentPage(
                found.subList(0, limit),
                Cursor.of(Words.of(last.state()), -last.openedAt().toEpochMilli(), last.id()));
    }

    /** One incident. */
    public Found<IncidentLine> one(String id, Function<Remediation, String> titles) {
        return model.<Found<IncidentLine>>read(sql -> {
            Optional<IncidentLine> incident = sql.first(
                    "SELECT json FROM incident WHERE id = ?",
                    row -> line(sql, JsonText.read(row.text("json"), Incident.class), titles),
                    id);
            if (incident.isPresent()) {
                return new Found.Here<>(incident.get());
            }
            return Gone.holds(sql, Gone.INCIDENT, id) ? new Found.Gone<>() : new Found.Unknown<>();
        });
    }

    private static IncidentLine line(Sql sql, Incident incident, Function<Remediation, String> titles)
            throws SQLException {
        return new IncidentLine(
                incident.id(),
                incident.tenant(),
                incident.state(),
                incident.severity(),
                title(sql, incident, titles),
                incident.openedAt(),
                incident.resolvedAt(),
                distinct(incident, episode -> Stream.of(episode.connector())),
                distinct(incident, episode -> Stream.of(episode.code())),
                distinct(incident, episode -> episode.destinations().stream()),
                distinct(incident, episode -> Stream.of(episode.alert())));
    }

    private static List<String> distinct(Incident incident, Function<Member, Stream<String>> part) {
        return incident.episodes().stream().flatMap(part).distinct().toList();
    }

    /** Where no alert of it is kept any more, its first code has to do. */
    private static String title(Sql sql, Incident incident, Function<Remediation, String> titles) throws SQLException {
        List<Member> gravestFirst = incident.episodes().stream()
                .sorted(Comparator.comparing(Member::state).thenComparing(Member::severity, Comparator.reverseOrder()))
                .toList();
        for (Member episode : gravestFirst) {
            List<String> title = sql.query(
                    "SELECT json FROM alert WHERE id = ?",
                    row -> titles.apply(
                            JsonText.read(row.text("json"), Alert.class).remediation()),
                    episode.alert());
            if (!title.isEmpty()) {
                return title.get(0);
            }
        }
        return incident.episodes().get(0).code();
    }
}
