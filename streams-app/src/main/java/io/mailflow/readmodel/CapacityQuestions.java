package io.mailflow.readmodel;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delivered and failed attempts over long periods, for planning. */
public final class CapacityQuestions {

    /** More rows than this are not given out at once. */
    public static final int MOST_ROWS = 50_000;

    private final ReadModel model;

    public CapacityQuestions(ReadModel model) {
        this.model = model;
    }

    /** Which rows there are. */
    public enum By {
        /** One for each connector and window. */
        CONNECTOR("code = ''"),
        /** One for each connector, window and code. */
        CODE("code <> ''");

        private final String condition;

        By(String condition) {
            this.condition = condition;
        }
    }

    /**
     * Rows by tenant, connector, start and code; one more than {@link #MOST_ROWS} if there are more.
     *
     * @param connectors only these; empty for all
     */
    public List<CapacityRow> rows(Period period, By by, @Nullable String tenant, Collection<String> connectors) {
        Where where = new Where()
                .and("size = ?", period.size().toMillis())
                .and("start >= ?", period.from())
                .and("start < ?", period.to())
                .and(by.condition)
                .andIf(tenant, "tenant = ?")
                .andAnyOf("connector", connectors);
        return model.read(sql -> sql.query(
                "SELECT * FROM window_count" + where.sql() + " ORDER BY tenant, connector, start, code LIMIT ?",
                CapacityRow::of,
                where.values(MOST_ROWS + 1)));
    }
}
