package io.mailflow.readmodel;

import io.mailflow.schema.PipelineProgress;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far each part of the pipeline has come, from {@code mailflow.progress}. */
final class ProgressRows {

    private ProgressRows() {}

    static void put(Sql sql, PipelineProgress at) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO progress (stage, partition, progress, ended, accounting) VALUES (?, ?, ?, ?, ?)",
                Words.of(at.stage()),
                at.partition(),
                at.progress(),
                at.ended() ? 1 : 0,
                at.accounting() == null ? null : JsonText.of(at.accounting()));
    }

    /** @param key stage and partition */
    static void remove(Sql sql, List<String> key) throws SQLException {
        sql.update("DELETE FROM progress WHERE stage = ? AND partition = ?", key.get(0), Integer.parseInt(key.get(1)));
    }

    /** Event time up to which every connector is complete, or null before the first. */
    static @Nullable Instant complete(Sql sql) throws SQLException {
        return edge(sql, "min").orElse(null);
    }

    /** The furthest any part has come. */
    static Optional<Instant> furthest(Sql sql) throws SQLException {
        return edge(sql, "max");
    }

    private static Optional<Instant> edge(Sql sql, String function) throws SQLException {
        return sql
                .query(
                        "SELECT " + function
                                + "(progress) AS edge FROM progress WHERE stage = ? HAVING edge IS NOT NULL",
                        row -> row.instant("edge"),
                        Words.of(PipelineProgress.Stage.MONITOR))
                .stream()
                .findFirst();
    }
}
