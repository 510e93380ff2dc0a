package io.mailflow.readmodel;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Severity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connectors now. */
public final class ConnectorQuestions {

    /** The order of the overview. */
    static final String URGENCY = "rank, due, load, tenant, connector";

    private final ReadModel model;

    public ConnectorQuestions(ReadModel model) {
        this.model = model;
    }

    /**
     * One page, the most urgent first.
     *
     * @param after the {@code next} of the page before, null for the first
     * @throws BadCursorException if {@code after} is not that
     */
    public Overview overview(ConnectorFilter filter, int limit, @Nullable String after) {
        Where page = filter.where();
        if (after != null) {
            page.and(
                    "(" + URGENCY + ") > (?, ?, ?, ?, ?)",
                    Cursor.read(after, Number.class, Number.class, Number.class, String.class, String.class));
        }
        return model.read(sql -> {
            List<Listed> found = sql.query(
                    "SELECT * FROM connector" + page.sql() + " ORDER BY " + URGENCY + " LIMIT ?",
                    row -> new Listed(
                            line(sql, row),
                            Cursor.of(
                                    row.count("rank"),
                                    row.count("due"),
                                    row.count("load"),
                                    row.text("tenant"),
                                    row.text("connector"))),
                    page.values(limit + 1));
            boolean more = found.size() > limit;
            List<Listed> shown = more ? found.subList(0, limit) : found;
            return new Overview(
                    ProgressRows.complete(sql),
                    summary(sql, filter),
                    sql.query("SELECT DISTINCT tenant FROM connector ORDER BY tenant", row -> row.text("tenant")),
                    shown.stream().map(Listed::line).toList(),
                    more ? shown.get(limit - 1).cursor() : null);
        });
    }

    private record Listed(ConnectorLine line, String cursor) {}

    /** Everything about one connector. */
    public Found<ConnectorDetail> detail(ConnectorId id) {
        return find(
                id,
                (sql, line) -> new ConnectorDetail(
                        ProgressRows.complete(sql),
                        line,
                        Standings.read(sql, "health", id, ConnectorHealth.class).orElse(null),
                        Standings.read(sql, "registration", id, ConnectorEntry.class)
                                .orElse(null),
                        Standings.openAlerts(sql, id)));
    }

    /** How many of its queued recipients expire when. */
    public Found<QueueProfile> queue(ConnectorId id) {
        return find(
                id,
                (sql, line) -> QueueProfile.of(
                        id,
                        Standings.read(sql, "health", id, ConnectorHealth.class).orElse(null),
                        Standings.openAlerts(sql, id)));
    }

    /** Its counts per window and code, for windows that start in a period. */
    public Found<WindowSeries> windows(ConnectorId id, Period period) {
        return find(id, (sql, line) -> WindowSeries.read(sql, id, period));
    }

    private interface About<T> {
        T ask(Sql sql, ConnectorLine line) throws SQLException;
    }

    private <T> Found<T> find(ConnectorId id, About<T> about) {
        return model.<Found<T>>read(sql -> {
            Optional<ConnectorLine> line = sql.first(
                    "SELECT * FROM connector WHERE tenant = ? AND connector = ?",
                    row -> line(sql, row),
                    id.tenant(),
                    id.connector());
            if (line.isPresent()) {
                return new Found.Here<>(about.ask(sql, line.get()));
            }
            return Gone.holds(sql, Gone.CONNECTOR, Standings.name(id)) ? new Found.Gone<>() : new Found.Unknown<>();
        });
    }

    private static ConnectorLine line(Sql sql, Row row) throws SQLException {
        ConnectorId id = new ConnectorId(row.text("tenant"), row.text("connector"));
        Instant at = row.maybeInstant("at");
        String severity = row.maybeText("severity");
        Trend trend = Trend.until(sql, id, at);
        return new ConnectorLine(
                id.tenant(),
                id.connector(),
                Words.read(row.text("type"), ConnectorType.class),
                Words.read(row.text("state"), ConnectorState.class),
                severity == null ? null : Words.read(severity, Severity.class),
                row.count("open_alerts"),
                List.of(JsonText.read(row.text("codes"), String[].class)),
                row.maybeText("owner"),
                at,
                trend.lastHour(),
                new ConnectorLine.Queue(
                        row.count("messages"),
                        row.count("recipients"),
                        row.maybeInstant("oldest_since"),
                        row.maybeInstant("next_deadline"),
                        row.count("expired")),
                trend,
                row.maybeInstant("last_delivered"),
                row.maybeInstant("last_failed"));
    }

    private record StateSum(
            ConnectorState state,
            long connectors,
            long alerts,
            long recipients,
            @Nullable Instant deadline) {}

    private static Overview.Summary summary(Sql sql, ConnectorFilter filter) throws SQLException {
        Where where = filter.where();
        List<StateSum> sums = sql.query(
                "SELECT state, count(*) AS connectors, sum(open_alerts) AS alerts, sum(recipients) AS recipients,"
                        + " min(next_deadline) AS deadline FROM connector" + where.sql() + " GROUP BY state",
                row -> new StateSum(
                        Words.read(row.text("state"), ConnectorState.class),
                        row.count("connectors"),
                        row.count("alerts"),
                        row.count("recipients"),
                        row.maybeInstant("deadline")),
                where.values());
        Map<ConnectorState, Long> byState = new EnumMap<>(ConnectorState.class);
        Arrays.stream(ConnectorState.values()).forEach(state -> byState.put(state, 0L));
        sums.forEach(sum -> byState.put(sum.state(), sum.connectors()));
        Stream<Instant> deadlines =
                new ArrayList<>(sums).stream().map(StateSum::deadline).filter(Objects::nonNull);
        return new Overview.Summary(
                sums.stream().mapToLong(StateSum::connectors).sum(),
                byState,
                sums.stream().mapToLong(StateSum::alerts).sum(),
                sums.stream().mapToLong(StateSum::recipients).sum(),
                deadlines.min(Instant::compareTo).orElse(null));
    }
}
