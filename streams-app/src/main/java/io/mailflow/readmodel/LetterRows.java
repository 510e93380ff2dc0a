package io.mailflow.readmodel;

import io.mailflow.schema.LateEvent;
import java.sql.SQLException;
import java.time.Instant;

/** What could not be read or came too late, without its content: where it stands and why. */
final class LetterRows {

    private LetterRows() {}

    /**
     * One dead letter.
     *
     * @param kind one of few words, counted
     * @param reason for people, as is {@code place}
     */
    static void putDead(Sql sql, Place record, Instant at, String kind, String reason, String place)
            throws SQLException {
        sql.update(
                "INSERT OR IGNORE INTO dead_letter (partition, record, at, reason, place) VALUES (?, ?, ?, ?, ?)",
                record.partition(),
                record.offset(),
                at,
                reason,
                place);
        Tallies.add(sql, Tallies.DEAD_LETTERS, kind);
    }

    static void putLate(Sql sql, Place record, Instant keptAt, LateEvent late) throws SQLException {
        sql.update(
                "INSERT OR IGNORE INTO late_event (partition, record, kept_at, at, tenant, connector, event, late_by, effect)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                record.partition(),
                record.offset(),
                keptAt,
                late.event().timestamp(),
                late.event().tenant(),
                late.event().connector(),
                Words.of(late.event().event()),
                late.lateBy().toMillis(),
                late.effect());
        Tallies.add(sql, Tallies.LATE_EVENTS, late.effect());
    }

    /** Partition and offset of a record on its topic. */
    record Place(int partition, long offset) {}
}
