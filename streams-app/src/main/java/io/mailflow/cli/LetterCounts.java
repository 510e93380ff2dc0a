package io.mailflow.cli;

import io.mailflow.config.DurationText;
import io.mailflow.ingest.DeadLetter;
import io.mailflow.schema.LateEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Letters counted by origin and kind of reason. */
final class LetterCounts {

    private static final int WIDTH = 110;
    /** Strangers choose the reasons: there must not be a line for each letter. */
    private static final int MAX_KINDS = 1_000;

    private static final Kind OTHERS = new Kind("various", "(other reasons)");

    private final Map<Kind, Count> counts = new LinkedHashMap<>();
    private long total;

    private record Kind(String origin, String reason) {}

    private record Count(long letters, Instant first, Instant last, String newest, Optional<Late> late) {}

    /** How late events were, and where the windows lie that they are missing in. */
    private record Late(Duration least, Duration most, Instant firstWindow, Instant lastWindow) {

        static Late of(LateEvent event) {
            return new Late(event.lateBy(), event.lateBy(), event.window(), event.window());
        }

        Late and(Late other) {
            return new Late(
                    Collections.min(List.of(least, other.least)),
                    Collections.max(List.of(most, other.most)),
                    Collections.min(List.of(firstWindow, other.firstWindow)),
                    Collections.max(List.of(lastWindow, other.lastWindow)));
        }

        @Override
        public String toString() {
            String by = DurationText.brief(least).equals(DurationText.brief(most))
                    ? DurationText.brief(most)
                    : DurationText.brief(least) + " to " + DurationText.brief(most);
            return by + " late, missing in windows "
                    + (firstWindow.equals(lastWindow)
                            ? "of " + DeadLettersCommand.time(firstWindow)
                            : "from " + DeadLettersCommand.time(firstWindow) + " to "
                                    + DeadLettersCommand.time(lastWindow));
        }
    }

    void add(DeadLetter letter) {
        total++;
        Kind kind = new Kind(letter.origin(), Printable.brief(letter.kind(), WIDTH));
        Kind counted = counts.size() < MAX_KINDS || counts.containsKey(kind) ? kind : OTHERS;
        counts.merge(
                counted,
                new Count(
                        1,
                        letter.arrived(),
                        letter.arrived(),
                        letter.id(),
                        letter.late().map(Late::of)),
                (before, one) -> new Count(
                        before.letters() + 1,
                        before.first(),
                        one.last(),
                        one.newest(),
                        both(before.late(), one.late())));
    }

    private static Optional<Late> both(Optional<Late> before, Optional<Late> one) {
        return before.isEmpty() ? one : before.map(late -> one.map(late::and).orElse(late));
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
            count.late().ifPresent(late -> out.println("          " + late));
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
