package io.mailflow.readmodel;

import io.mailflow.schema.AlertState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Forgets what is older than it is kept: windows by their size, resolved alerts and incidents, letters. Measured from the pipeline's
 * progress, for letters from the newest letter, so that a database made anew forgets the same.
 */
final class Retention {

    private static final Map<Duration, Duration> WINDOWS = Map.of(
            Duration.ofMinutes(5), Duration.ofDays(7),
            Duration.ofHours(1), Duration.ofDays(90),
            Duration.ofDays(1), Duration.ofDays(2 * 365));
    private static final Duration ALERTS = Duration.ofDays(90);
    private static final Duration LETTERS = Duration.ofDays(30);

    private Retention() {}

    static void apply(Sql sql) throws SQLException {
        Optional<Instant> now = ProgressRows.furthest(sql);
        if (now.isPresent()) {
            for (Map.Entry<Duration, Duration> kept : WINDOWS.entrySet()) {
                sql.update(
                        "DELETE FROM window_count WHERE size = ? AND start < ?",
                        kept.getKey().toMillis(),
                        now.get().minus(kept.getValue()));
            }
            String old = " FROM alert WHERE state = '" + Words.of(AlertState.RESOLVED) + "' AND changed_at < ?";
            Instant oldest = now.get().minus(ALERTS);
            sql.update("INSERT OR IGNORE INTO gone (kind, name) SELECT 'alert', id" + old, oldest);
            sql.update("DELETE FROM publication WHERE id IN (SELECT id" + old + ")", oldest);
            sql.update("DELETE" + old, oldest);
            String over = " FROM incident WHERE state = '" + Words.of(AlertState.RESOLVED) + "' AND changed_at < ?";
            sql.update("INSERT OR IGNORE INTO gone (kind, name) SELECT 'incident', id" + over, oldest);
            sql.update("DELETE FROM incident_alert WHERE incident IN (SELECT id" + over + ")", oldest);
            sql.update("DELETE" + over, oldest);
        }
        sql.update("DELETE FROM dead_letter WHERE at < (SELECT max(at) FROM dead_letter) - ?", LETTERS.toMillis());
        sql.update(
                "DELETE FROM late_event WHERE kept_at < (SELECT max(kept_at) FROM late_event) - ?", LETTERS.toMillis());
    }
}
