package io.mailflow.cli;

import io.mailflow.ingest.DeadLetter;
import io.mailflow.ingest.Redriver.Fate;
import io.mailflow.ingest.Redriver.Refused;
import io.mailflow.ingest.Redriver.Sent;
import io.mailflow.ingest.Redriver.SentBefore;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** What sending letters again does, or would do. */
final class RedriveReport {

    private static final int REASON_WIDTH = 80;

    private final PrintWriter out;
    private final int limit;
    private final boolean execute;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private long before;
    private long shown;
    private long hidden;

    RedriveReport(PrintWriter out, int limit, boolean execute) {
        this.out = out;
        this.limit = limit;
        this.execute = execute;
    }

    void add(DeadLetter letter, Fate fate) {
        String what;
        if (fate instanceof Sent one) {
            sent.merge(one.topic(), 1L, Long::sum);
            what = (execute ? "sent to " : "would go to ")
                    + one.topic()
                    + (one.count() == 1 ? "" : ", time " + one.count());
        } else if (fate instanceof SentBefore one) {
            before++;
            what = "sent before, " + DeadLettersCommand.time(one.mark().at()) + ", to "
                    + DeadLetter.id(one.mark().sentTo());
        } else {
            String why = ((Refused) fate).why();
            refused.merge(why, 1L, Long::sum);
            what = "stays: " + why;
        }
        if (shown < limit) {
            shown++;
            out.printf("%s  %s  (%s)%n", letter.id(), what, Printable.brief(letter.reason(), REASON_WIDTH));
        } else {
            hidden++;
        }
    }

    void finish() {
        if (hidden > 0) {
            out.printf("… and %,d more%n", hidden);
        }
        if (shown + hidden == 0) {
            out.println("No letters like that.");
            return;
        }
        sent.forEach((topic, count) ->
                out.printf(execute ? "%,d sent again to %s.%n" : "%,d would be sent again to %s.%n", count, topic));
        if (before > 0) {
            out.printf(
                    before == 1
                            ? "%,d was sent before and is left alone.%n"
                            : "%,d were sent before and are left alone.%n",
                    before);
        }
        refused.forEach((why, count) -> out.printf(count == 1 ? "%,d stays: %s.%n" : "%,d stay: %s.%n", count, why));
        if (!execute && !sent.isEmpty()) {
            out.println("Nothing was changed; --execute sends them.");
        }
    }
}
