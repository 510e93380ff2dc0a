package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts, now and before. */
public final class AlertQuestions {

    private static final Order GRAVEST_FIRST = new Order("rank, -opened_at, id");
    private static final Order NEWEST_FIRST = new Order("0, -opened_at, id");

    private final ReadModel model;

    public AlertQuestions(ReadModel model) {
        this.model = model;
    }

    private record Order(String columns) {}

    /** One page, the gravest first, then the newest. */
    public AlertPage gravestFirst(AlertFilter filter, int limit, @Nullable String after) {
        return page(filter, GRAVEST_FIRST, limit, after);
    }

    /** One page, the newest first. */
    public AlertPage newestFirst(AlertFilter filter, int limit, @Nullable String after) {
        return page(filter, NEWEST_FIRST, limit, after);
    }

    private AlertPage page(AlertFilter filter, Order order, int limit, @Nullable String after) {
        Where page = filter.where();
        if (after != null) {
            page.and(
                    "(" + order.columns() + ") > (?, ?, ?)",
                    Cursor.read(after, Number.class, Number.class, String.class));
        }
        Where all = filter.where();
        return model.read(sql -> {
            List<Listed> found = sql.query(
                    "SELECT json, rank, opened_at, id FROM alert" + page.sql() + " ORDER BY " + order.columns() + " LIMIT ?",
                    row -> new Listed(
                            JsonText.read(row.text("json"), Alert.class),
                            Cursor.of(
                                    order == GRAVEST_FIRST ? row.count("rank") : 0,
                                    -row.count("opened_at"),
                                    row.text("id"))),
                    page.values(limit + 1));
            boolean more = found.size() > limit;
            List<Listed> shown = more ? found.subList(0, limit) : found;
            return new AlertPage(
                    ProgressRows.complete(sql),
                    sql.first("SELECT count(*) AS total FROM alert" + all.sql(), row -> row.count("total"), all.values())
                            .orElse(0L),
                    shown.stream().map(Listed::alert).toList(),
                    more ? shown.get(limit - 1).cursor() : null);
        });
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
                    "SELECT json FROM publication WHERE id = ? ORDER BY sequence",
                    row -> AlertLife.Step.of(JsonText.read(row.text("json"), Alert.class)),
                    id);
            String incident = sql.first(
                            "SELECT incident FROM incident_alert WHERE alert = ?", row -> row.text("incident"), id)
                    .orElse(null);
            return new Found.Here<>(new AlertLife(alert.get(), incident, life));
        });
    }
}
