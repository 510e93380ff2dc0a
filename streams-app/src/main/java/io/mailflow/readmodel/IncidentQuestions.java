package io.mailflow.readmodel;

import io.mailflow.schema.AlertState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents, now and before. Nothing writes them yet but the on-call router's records will. */
public final class IncidentQuestions {

    private static final String ORDER = "state, -opened_at, id";

    private final ReadModel model;

    public IncidentQuestions(ReadModel model) {
        this.model = model;
    }

    /** One page, open ones first, then the newest. */
    public IncidentPage page(@Nullable String tenant, @Nullable AlertState state, int limit, @Nullable String after) {
        Where page = new Where().andIf(tenant, "tenant = ?").andIf(state == null ? null : Words.of(state), "state = ?");
        if (after != null) {
            page.and("(" + ORDER + ") > (?, ?, ?)", Cursor.read(after, String.class, Number.class, String.class));
        }
        List<Incident> found = model.read(sql -> sql.query(
                "SELECT json FROM incident" + page.sql() + " ORDER BY " + ORDER + " LIMIT ?",
                row -> JsonText.read(row.text("json"), Incident.class),
                page.values(limit + 1)));
        if (found.size() <= limit) {
            return new IncidentPage(found, null);
        }
        Incident last = found.get(limit - 1);
        return new IncidentPage(
                found.subList(0, limit),
                Cursor.of(Words.of(last.state()), -last.openedAt().toEpochMilli(), last.id()));
    }
}
