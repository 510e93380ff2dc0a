package io.mailflow.cli;

import io.mailflow.ingest.DeadLetter;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Letters counted by origin and kind of reason. */
final class LetterCounts {

    private static final int WIDTH = 110;
    /** Strangers choose the reasons: there must not be a line for each letter. */
    private static final int MAX_KINDS = 1_000;

    private static final Kind OTHERS = new Kind("various", "(other reasons)");

    private final Map<Kind, Count> counts = new LinkedHashMap<>();
    private long total;

    private record Kind(String origin, String reason) {}

    private record Count(long letters, Instant first, Instant last, String newest) {}

    void add(DeadLetter letter) {
        total++;
        Kind kind = new Kind(letter.origin(), Printable.brief(letter.kind(), WIDTH));
        Kind counted = counts.size() < MAX_KINDS || counts.containsKey(kind) ? kind : OTHERS;
        counts.merge(
                counted,
                new Count(1, letter.arrived(), letter.arrived(), letter.id()),
                (before, one) -> new Count(before.letters() + 1, before.first(), one.last(), one.newest()));
    }

    long total() {
        return total;
    }

    void print(PrintWriter out, int limit) {
        List<Map.Entry<Kind, Count>> most = counts.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<Kind, Count> one) -> one.getValue().letters())
                        .reversed())
                .toList();
        most.stream().limit(limit).forEach(one -> {
            Count count = one.getValue();
            out.printf(
                    "%,8d  %s: %s%n",
                    count.letters(),
                    Printable.of(one.getKey().origin()),
                    one.getKey().reason());
            out.printf(
                    "          first %s, last %s: %s%n",
                    DeadLettersCommand.time(count.first()), DeadLettersCommand.time(count.last()), count.newest());
        });
        if (most.size() > limit) {
            long rest = most.stream()
                    .skip(limit)
                    .mapToLong(one -> one.getValue().letters())
                    .sum();
            out.printf("%,8d  with %,d other reasons; --limit shows more%n", rest, most.size() - limit);
        }
        out.printf("%,8d  in all%n", total);
    }
}
