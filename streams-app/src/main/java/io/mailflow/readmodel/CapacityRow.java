package io.mailflow.readmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Attempts of one connector in one window.
 *
 * @param code null in rows of the whole connector
 * @param delivered 0 in rows of a code
 * @param failingShare null in rows of a code, and without attempts
 */
public record CapacityRow(
        String tenant,
        String connector,
        Instant start,
        @Nullable String code,
        long delivered,
        long failed,
        @Nullable Double failingShare,
        long messages,
        long recipients,
        @JsonProperty("final") boolean isFinal) {

    static CapacityRow of(Row row) throws SQLException {
        String code = row.text("code");
        long delivered = row.count("delivered");
        long failed = row.count("attempts");
        boolean whole = code.isEmpty();
        return new CapacityRow(
                row.text("tenant"),
                row.text("connector"),
                row.instant("start"),
                whole ? null : code,
                delivered,
                failed,
                whole && delivered + failed > 0 ? (Double) ((double) failed / (delivered + failed)) : null,
                row.count("messages"),
                row.count("recipients"),
                row.holds("final"));
    }
}
