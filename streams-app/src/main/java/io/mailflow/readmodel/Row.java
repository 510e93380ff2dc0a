package io.mailflow.readmodel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row that a query stands on. */
final class Row {

    private final ResultSet at;

    Row(ResultSet at) {
        this.at = at;
    }

    /** Text of a column that is never empty. */
    String text(String column) throws SQLException {
        return at.getString(column);
    }

    @Nullable
    String maybeText(String column) throws SQLException {
        return at.getString(column);
    }

    long count(String column) throws SQLException {
        return at.getLong(column);
    }

    boolean holds(String column) throws SQLException {
        return at.getInt(column) != 0;
    }

    Instant instant(String column) throws SQLException {
        return Instant.ofEpochMilli(at.getLong(column));
    }

    @Nullable
    Instant maybeInstant(String column) throws SQLException {
        long value = at.getLong(column);
        return at.wasNull() ? null : Instant.ofEpochMilli(value);
    }
}
