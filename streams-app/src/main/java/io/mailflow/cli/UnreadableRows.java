package io.mailflow.cli;

import io.mailflow.format.UnreadableRow;
import io.mailflow.ingest.InputSpool;
import java.io.PrintWriter;
import java.util.List;

/** Says what of the inputs could not be read: files left out, the first rows, and how many more. */
final class UnreadableRows {

    private static final int SHOWN = 10;

    private UnreadableRows() {}

    static void report(InputSpool spool, PrintWriter err) {
        spool.skipped().forEach(skipped -> err.println("left out: " + Printable.of(skipped.sentence())));
        List<UnreadableRow> unreadable = spool.unreadable();
        unreadable.stream().limit(SHOWN).forEach(row -> err.println("unreadable: " + Printable.of(row.describe())));
        long more = spool.accounting().unreadable() - Math.min(SHOWN, unreadable.size());
        if (more > 0) {
            err.printf("… and %s unreadable%n", Counted.of(more, "more row"));
        }
        err.flush();
    }
}
