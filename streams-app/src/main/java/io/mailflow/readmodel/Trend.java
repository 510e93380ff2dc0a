package io.mailflow.readmodel;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attempts in the newest 5-minute windows, oldest first; windows without any count 0.
 *
 * @param start of the first window, null where nothing was heard of the connector
 * @param size of each window
 */
public record Trend(@Nullable Instant start, Duration size, List<Long> delivered, List<Long> failed) {

    private static final Duration SIZE = Duration.ofMinutes(5);
    private static final int WINDOWS = 24;
    private static final int WINDOWS_OF_AN_HOUR = 12;

    /** Up to and with the window that {@code at} is in. */
    static Trend until(Sql sql, ConnectorId id, @Nullable Instant at) throws SQLException {
        List<Long> delivered = new ArrayList<>(Collections.nCopies(WINDOWS, 0L));
        List<Long> failed = new ArrayList<>(Collections.nCopies(WINDOWS, 0L));
        if (at == null) {
            return new Trend(null, SIZE, delivered, failed);
        }
        Instant start = Periods.floor(at, SIZE).minus(SIZE.multipliedBy(WINDOWS - 1));
        sql.query(
                "SELECT start, delivered, attempts FROM window_count WHERE size = ? AND tenant = ? AND connector = ?"
                        + " AND start >= ? AND start <= ? AND code = ''",
                row -> {
                    // Not Duration.dividedBy, which computes with BigDecimal: it took a third of the overview's time.
                    int index =
                            (int) (Duration.between(start, row.instant("start")).toMillis() / SIZE.toMillis());
                    delivered.set(index, row.count("delivered"));
                    return failed.set(index, row.count("attempts"));
                },
                SIZE.toMillis(),
                id.tenant(),
                id.connector(),
                start,
                at);
        return new Trend(start, SIZE, delivered, failed);
    }

    ConnectorLine.LastHour lastHour() {
        long through = sum(delivered);
        long back = sum(failed);
        return new ConnectorLine.LastHour(through, back, through + back == 0 ? null : (double) back / (through + back));
    }

    private static long sum(List<Long> counts) {
        return counts.subList(WINDOWS - WINDOWS_OF_AN_HOUR, WINDOWS).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
