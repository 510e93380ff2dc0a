package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts, now and before. */
public final class AlertQuestions {

    private static final String GRAVEST_FIRST = "rank, -opened_at, id";
    /** The rank stands last, where the id has decided already: both orders have the same cursor values. */
    private static final String NEWEST_FIRST = "-opened_at, id, rank";

    private final ReadModel model;

    public AlertQuestions(ReadModel model) {
        this.model = model;
    }

    /** One page, the gravest first, then the newest. */
    public AlertPage gravestFirst(AlertFilter filter, int limit, @Nullable String after) {
        return page(filter, GRAVEST_FIRST, limit, after);
    }

    /** One page, the newest first. */
    public AlertPage newestFirst(AlertFilter filter, int limit, @Nullable String after) {
        return page(filter, NEWEST_FIRST, limit, after);
    }

    private AlertPage page(AlertFilter filter, String order, int limit, @Nullable String after) {
        Where page = filter.where();
        if (after != null) {
            page.and("(" + order + ") > (?, ?, ?)", cursor(order, after));
        }
        Where all = filter.where();
        return model.read(sql -> {
            List<Listed> found = sql.query(
                    "SELECT json, rank, opened_at, id FROM alert" + page.sql() + " ORDER BY " + order + " LIMIT ?",
                    row -> new Listed(JsonText.read(row.text("json"), Alert.class), cursor(order, row)),
                    page.values(limit + 1));
            boolean more = found.size() > limit;
            List<Listed> shown = more ? found.subList(0, limit) : found;
            return new AlertPage(
                    ProgressRows.complete(sql),
                    sql.first(
                                    "SELECT count(*) AS total FROM alert" + all.sql(),
                                    row -> row.count("total"),
                                    all.values())
                            .orElse(0L),
                    shown.stream().map(Listed::alert).toList(),
                    more ? shown.get(limit - 1).cursor() : null);
        });
    }

    private static String cursor(String order, Row row) throws SQLException {
        long opened = -row.count("opened_at");
        return order.equals(GRAVEST_FIRST)
                ? Cursor.of(row.count("rank"), opened, row.text("id"))
                : Cursor.of(opened, row.text("id"), row.count("rank"));
    }

    private static @Nullable Object[] cursor(String order, String after) {
        return order.equals(GRAVEST_FIRST)
                ? Cursor.read(after, Number.class, Number.class, String.class)
                : Cursor.read(after, Number.class, String.class, Number.class);
    }

    private record Listed(Alert alert, String cursor) {}

    /** One alert with its life. */
    public Found<AlertLife> life(String id) {
        return model.<Found<AlertLife>>read(sql -> {
            Optional<Alert> alert = sql.first(
                    "SELECT json FROM alert WHERE id = ?", row -> JsonText.read(row.text("json"), Alert.class), id);
            if (alert.isEmpty()) {
                return Gone.holds(sql, Gone.ALERT, id) ? new Found.Gone<>() : new Found.Unknown<>();
            }
            List<AlertLife.Step> life = sql.query(
                    "SELECT json FROM publication WHERE id = ? ORDER BY place",
                    row -> AlertLife.Step.of(JsonText.read(row.text("json"), Alert.class)),
                    id);
            String incident = sql.first(
                            "SELECT incident FROM incident_alert WHERE alert = ?", row -> row.text("incident"), id)
                    .orElse(null);
            return new Found.Here<>(new AlertLife(
                    alert.get(), incident, life.isEmpty() ? List.of(AlertLife.Step.of(alert.get())) : life));
        });
    }
}
