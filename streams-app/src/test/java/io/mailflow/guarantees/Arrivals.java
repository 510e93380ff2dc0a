package io.mailflow.guarantees;

import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.simulate.LiveTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Mail of the demo's organisations as it really arrives: repeated, out of order and now and then much too late. */
final class Arrivals {

    /** Safely within the lateness of ten minutes, reorder bound and all. */
    private static final int OUT_OF_ORDER_SECONDS = 8 * 60;

    private static final int REPEATED_SECONDS = 40 * 60;

    private Arrivals() {}

    /** An event and when it is read from its source. */
    record Arrival(Instant at, MessageTraceEvent event) {}

    /** As it happened: each event once, in order. */
    static List<Arrival> clean(Instant start, Duration length) {
        return new LiveTraffic(start)
                .until(start.plus(length)).stream()
                        .map(event -> new Arrival(event.timestamp(), plain(event)))
                        .toList();
    }

    /** With the code of its reply and no word more: the oracle knows no causes. */
    private static MessageTraceEvent plain(MessageTraceEvent event) {
        String reply = event.reply();
        String code = reply == null ? Reply.NONE : ReplyParser.parse(reply).code();
        return code.equals(Reply.NONE) ? event : Events.withReply(event, code + " as told");
    }

    /** One in twelve again within forty minutes, one in twelve out of order, one in a hundred too late. */
    static List<Arrival> messy(Instant start, Duration length, long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival clean : clean(start, length)) {
            int lot = random.nextInt(1_200);
            Instant at = clean.at();
            if (lot < 100) {
                at = at.plusSeconds(random.nextInt(OUT_OF_ORDER_SECONDS));
            } else if (lot < 112) {
                at = at.plus(Duration.ofMinutes(20 + random.nextInt(120)));
            }
            arrivals.add(new Arrival(at, clean.event()));
            // Within the horizon of successes, an hour; what was late once is not remembered.
            if (random.nextInt(12) == 0 && at.isBefore(clean.at().plusSeconds(OUT_OF_ORDER_SECONDS))) {
                arrivals.add(new Arrival(at.plusSeconds(random.nextInt(REPEATED_SECONDS)), clean.event()));
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return arrivals;
    }
}
