package io.mailflow.cli;

import io.mailflow.ingest.DeadLetter;
import io.mailflow.naming.Topics;
import java.io.PrintWriter;
import java.util.List;

/** One letter on a terminal. Everything in it comes from strangers and is escaped. */
final class LetterPage {

    private static final int MAX_VALUE = 4_000;
    private static final int MAX_HEADER = 500;
    private static final int STACK_LINES = 6;
    private static final String STACK = "__streams.errors.stacktrace";

    private final PrintWriter out;
    private final boolean full;

    LetterPage(PrintWriter out, boolean full) {
        this.out = out;
        this.full = full;
    }

    void print(DeadLetter letter) {
        line("letter", letter.id());
        line("put aside", letter.arrived().toString());
        line("reason", Printable.brief(letter.reason(), full ? Integer.MAX_VALUE : MAX_HEADER));
        line(
                "from",
                letter.row()
                        .or(() -> letter.original()
                                .map(place -> "topic %s, partition %d, offset %d"
                                        .formatted(place.topic(), place.partition(), place.offset())))
                        .map(Printable::of)
                        .orElse(letter.late().isPresent() ? "topic " + Topics.TRACE_EVENTS : "nobody says"));
        letter.late().ifPresent(late -> line("connector", Printable.of(letter.origin())));
        line("sent again", letter.redrives() == 0 ? "never" : letter.redrives() + " times before");
        byte[] key = letter.key();
        line("key", key == null ? "no key" : Printable.of(key, MAX_HEADER));
        out.println("headers");
        letter.headers().stream()
                .filter(header -> !header.getKey().equals(STACK))
                .forEach(header -> out.printf(
                        "  %s: %s%n",
                        Printable.brief(header.getKey(), MAX_HEADER), Printable.brief(header.getValue(), MAX_HEADER)));
        letter.header(STACK).ifPresent(this::stack);
        out.println("value");
        byte[] value = letter.value();
        out.println(
                "  " + (value == null ? "no value" : Printable.of(value, full ? Integer.MAX_VALUE - 100 : MAX_VALUE)));
    }

    /** The exceptions and the first places of ours; all of it where that is asked for. */
    private void stack(String trace) {
        List<String> lines = trace.lines().map(String::strip).toList();
        List<String> telling = full
                ? lines
                : lines.stream()
                        .filter(line -> !line.startsWith("at ") || line.startsWith("at io.mailflow."))
                        .filter(line -> !line.startsWith("..."))
                        .limit(STACK_LINES)
                        .toList();
        out.println("stack");
        telling.forEach(line -> out.println("  " + Printable.brief(line, full ? Integer.MAX_VALUE : MAX_HEADER)));
        if (telling.size() < lines.size()) {
            out.println("  … " + (lines.size() - telling.size()) + " more lines; --full shows them");
        }
    }

    private void line(String label, String text) {
        out.printf("%-11s%s%n", label, text);
    }
}
