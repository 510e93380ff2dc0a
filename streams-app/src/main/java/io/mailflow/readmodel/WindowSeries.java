package io.mailflow.readmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connector's counts per window and code, oldest window first; windows without attempts are left out. */
public record WindowSeries(
        String tenant, String connector, Duration size, Instant from, Instant to, List<Window> windows) {

    /** One window; distinct messages and recipients are those of its failed attempts. */
    public record Window(
            Instant start,
            Instant end,
            @JsonProperty("final") boolean isFinal,
            long delivered,
            long failed,
            long messages,
            long recipients,
            List<CodeCount> codes) {}

    /** Failures with one code in one window. */
    public record CodeCount(String code, long attempts, long messages, long recipients) {}

    private record Counted(Instant start, boolean isFinal, long delivered, CodeCount count) {}

    static WindowSeries read(Sql sql, ConnectorId id, Period period) throws SQLException {
        Map<Instant, List<Counted>> byStart = new TreeMap<>();
        sql.query(
                        "SELECT start, code, delivered, attempts, messages, recipients, final FROM window_count"
                                + " WHERE size = ? AND tenant = ? AND connector = ? AND start >= ? AND start < ?",
                        row -> new Counted(
                                row.instant("start"),
                                row.holds("final"),
                                row.count("delivered"),
                                new CodeCount(
                                        row.text("code"),
                                        row.count("attempts"),
                                        row.count("messages"),
                                        row.count("recipients"))),
                        period.size().toMillis(),
                        id.tenant(),
                        id.connector(),
                        period.from(),
                        period.to())
                .forEach(row -> byStart.computeIfAbsent(row.start(), start -> new ArrayList<>())
                        .add(row));
        List<Window> windows = new ArrayList<>();
        byStart.forEach((start, rows) -> windows.add(window(start, period.size(), rows)));
        return new WindowSeries(id.tenant(), id.connector(), period.size(), period.from(), period.to(), windows);
    }

    /** The row without a code is that of the whole connector; until it has come the codes speak for it. */
    private static Window window(Instant start, Duration size, List<Counted> rows) {
        List<CodeCount> codes = rows.stream()
                .map(Counted::count)
                .filter(count -> !count.code().isEmpty())
                .sorted(Comparator.comparingLong(CodeCount::attempts).reversed().thenComparing(CodeCount::code))
                .toList();
        Counted whole = rows.stream()
                .filter(row -> row.count().code().isEmpty())
                .findFirst()
                .orElseGet(() -> new Counted(
                        start,
                        false,
                        0,
                        new CodeCount(
                                "",
                                codes.stream().mapToLong(CodeCount::attempts).sum(),
                                0,
                                0)));
        return new Window(
                start,
                start.plus(size),
                whole.isFinal(),
                whole.delivered(),
                whole.count().attempts(),
                whole.count().messages(),
                whole.count().recipients(),
                codes);
    }
}
