package io.mailflow.oracle;

import io.mailflow.oracle.Expected.Connector;
import io.mailflow.oracle.Expected.Counts;
import io.mailflow.oracle.Expected.Queue;
import io.mailflow.oracle.Expected.Totals;
import io.mailflow.oracle.Expected.Window;
import io.mailflow.oracle.Fact.Type;
import io.mailflow.oracle.Fact.What;
import io.mailflow.schema.Expiring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what holds of one connector. */
final class Counting {

    private static final List<Duration> SIZES = List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));
    private static final String WHOLE = "";

    private Counting() {}

    static Map<Window, Counts> windows(Connector connector, List<What> facts) {
        Map<Window, List<What>> attempts = new HashMap<>();
        for (What what : facts) {
            if (isAttempt(what)) {
                for (Duration size : SIZES) {
                    Instant start = start(what.atMs(), size);
                    for (String code : what.type() == Type.SENT ? List.of(WHOLE) : List.of(WHOLE, what.code())) {
                        attempts.computeIfAbsent(new Window(connector, code, size, start), key -> new ArrayList<>())
                                .add(what);
                    }
                }
            }
        }
        Map<Window, Counts> counts = new HashMap<>();
        attempts.forEach((window, inIt) -> counts.put(window, counts(inIt)));
        return counts;
    }

    static Instant start(long atMs, Duration size) {
        return Instant.ofEpochMilli(Math.floorDiv(atMs, size.toMillis()) * size.toMillis());
    }

    static Counts counts(List<What> attempts) {
        List<What> failed =
                attempts.stream().filter(what -> what.type() == Type.FAILED).toList();
        return new Counts(
                attempts.size() - failed.size(), failed.size(), messages(failed.stream()), recipients(failed.stream()));
    }

    static long messages(Stream<What> facts) {
        return facts.map(what -> what.recipient().message()).distinct().count();
    }

    private static long recipients(Stream<What> facts) {
        return facts.map(What::recipient).distinct().count();
    }

    static Totals totals(List<What> facts, long atMs) {
        Counts attempts = counts(facts.stream().filter(Counting::isAttempt).toList());
        TreeMap<String, List<What>> byCode = new TreeMap<>();
        List<What> queued = new ArrayList<>();
        SortedMap<String, SortedMap<Instant, Long>> deadlines = new TreeMap<>();
        for (What what : facts) {
            if (what.type() == Type.FAILED) {
                byCode.computeIfAbsent(what.code(), key -> new ArrayList<>()).add(what);
            } else if (what.type() == Type.QUEUED) {
                queued.add(what);
                deadlines
                        .computeIfAbsent(what.code(), key -> new TreeMap<>())
                        .merge(start(what.deadlineMs(), Duration.ofMinutes(1)), 1L, Long::sum);
            }
        }
        TreeMap<String, Counts> failures = new TreeMap<>();
        byCode.forEach((code, failed) -> failures.put(code, counts(failed)));
        return new Totals(
                attempts.delivered(),
                attempts.attempts(),
                failures,
                messages(queued.stream()),
                queue(queued, atMs),
                facts.stream().filter(what -> what.type() == Type.EXPIRED).count(),
                deadlines);
    }

    static Queue queue(List<What> queued, long atMs) {
        return new Queue(
                queued.size(),
                queued.stream()
                        .map(What::sinceMs)
                        .min(Long::compare)
                        .map(Instant::ofEpochMilli)
                        .orElse(null),
                queued.stream()
                        .map(What::deadlineMs)
                        .min(Long::compare)
                        .map(Instant::ofEpochMilli)
                        .orElse(null),
                Stream.of(1, 4, 12, 24)
                        .map(hours -> new Expiring(hours, expiring(queued, atMs, Duration.ofHours(hours))))
                        .toList());
    }

    /** Recipients that expire within some time, overdue ones included. */
    static long expiring(List<What> queued, long atMs, Duration within) {
        return queued.stream()
                .filter(what -> what.deadlineMs() <= atMs + within.toMillis())
                .count();
    }

    private static boolean isAttempt(What what) {
        return what.type() == Type.SENT || what.type() == Type.FAILED;
    }
}
