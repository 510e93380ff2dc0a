package io.mailflow.oracle;

import io.mailflow.oracle.Expected.Connector;
import io.mailflow.oracle.Expected.Counts;
import io.mailflow.oracle.Expected.Queue;
import io.mailflow.oracle.Expected.Totals;
import io.mailflow.oracle.Expected.Window;
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

    static Map<Window, Counts> windows(Connector connector, List<Fact.What> facts) {
        Map<Window, List<Fact.What>> attempts = new HashMap<>();
        for (Fact.What what : facts) {
            if (isAttempt(what)) {
                for (Duration size : SIZES) {
                    Instant start = start(what.atMs(), size);
                    for (String code : what.type() == Fact.Type.SENT ? List.of(WHOLE) : List.of(WHOLE, what.code())) {
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

    static Counts counts(List<Fact.What> attempts) {
        List<Fact.What> failed = attempts.stream()
                .filter(what -> what.type() == Fact.Type.FAILED)
                .toList();
        return new Counts(
                attempts.size() - failed.size(), failed.size(), messages(failed.stream()), recipients(failed.stream()));
    }

    static long messages(Stream<Fact.What> facts) {
        return facts.map(what -> what.recipient().message()).distinct().count();
    }

    private static long recipients(Stream<Fact.What> facts) {
        return facts.map(Fact.What::recipient).distinct().count();
    }

    static Totals totals(List<Fact.What> facts, long atMs) {
        Counts attempts = counts(facts.stream().filter(Counting::isAttempt).toList());
        TreeMap<String, List<Fact.What>> byCode = new TreeMap<>();
        List<Fact.What> queued = new ArrayList<>();
        SortedMap<Instant, Long> deadlines = new TreeMap<>();
        for (Fact.What what : facts) {
            if (what.type() == Fact.Type.FAILED) {
                byCode.computeIfAbsent(what.code(), key -> new ArrayList<>()).add(what);
            } else if (what.type() == Fact.Type.QUEUED) {
                queued.add(what);
                deadlines.merge(start(what.deadlineMs() - 1, Duration.ofHours(1)), 1L, Long::sum);
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
                facts.stream().filter(what -> what.type() == Fact.Type.EXPIRED).count(),
                deadlines);
    }

    static Queue queue(List<Fact.What> queued, long atMs) {
        return new Queue(
                queued.size(),
                queued.stream()
                        .map(Fact.What::sinceMs)
                        .min(Long::compare)
                        .map(Instant::ofEpochMilli)
                        .orElse(null),
                queued.stream()
                        .map(Fact.What::deadlineMs)
                        .min(Long::compare)
                        .map(Instant::ofEpochMilli)
                        .orElse(null),
                Stream.of(1, 4, 12, 24)
                        .map(hours -> new Expiring(hours, expiring(queued, atMs, Duration.ofHours(hours))))
                        .toList());
    }

    /** Recipients that expire within some time, overdue ones included. */
    static long expiring(List<Fact.What> queued, long atMs, Duration within) {
        return queued.stream()
                .filter(what -> what.deadlineMs() <= atMs + within.toMillis())
                .count();
    }

    private static boolean isAttempt(Fact.What what) {
        return what.type() == Fact.Type.SENT || what.type() == Fact.Type.FAILED;
    }
}
