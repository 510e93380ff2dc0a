package io.mailflow.guarantees;

import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.simulate.DemoHistory;
import io.mailflow.simulate.LiveTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Mail of the demo's organisations as it really arrives: repeated, out of order and now and then much too late. */
final class Arrivals {

    /** Safely within the lateness of ten minutes, reorder bound and all. */
    private static final int OUT_OF_ORDER_SECONDS = 8 * 60;

    private static final int REPEATED_SECONDS = 40 * 60;

    /** One message in so many. */
    private static final int NAMED_LATER = 10;

    /** Organisations some of whose connectors have a lifetime of their own. */
    private static final Set<String> OWN_LIFETIME = DemoHistory.connectors().stream()
            .filter(entry -> entry.lifetime() != null)
            .map(ConnectorEntry::tenant)
            .collect(Collectors.toUnmodifiableSet());

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

    /**
     * Of one message in ten the first row says no connector: what it led to moves once a later one does. Where the registry
     * gives a connector a lifetime of its own, no row is changed: the oracle looks at a recipient's end, not on the way.
     */
    private static List<Arrival> namedLater(List<Arrival> arrivals) {
        Set<String> begun = new HashSet<>();
        List<Arrival> changed = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            MessageTraceEvent event = arrival.event();
            boolean first = event.event() == EventClass.DEFER
                    && isNamedLater(event)
                    && begun.add(event.networkMessageId() + event.recipient());
            changed.add(first ? new Arrival(arrival.at(), Events.withoutConnector(event)) : arrival);
        }
        return changed;
    }

    private static boolean isNamedLater(MessageTraceEvent event) {
        return !OWN_LIFETIME.contains(event.tenant())
                && Math.floorMod(String.valueOf(event.networkMessageId()).hashCode(), NAMED_LATER) == 0;
    }

    /** One in twelve again within forty minutes, one in twelve out of order, one in a hundred too late. */
    static List<Arrival> messy(Instant start, Duration length, long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival clean : namedLater(clean(start, length))) {
            int lot = random.nextInt(1_200);
            Instant at = clean.at();
            if (lot < 100) {
                at = at.plusSeconds(random.nextInt(OUT_OF_ORDER_SECONDS));
            } else if (lot < 112) {
                at = at.plus(Duration.ofMinutes(20 + random.nextInt(120)));
            }
            boolean inOrder = isNamedLater(clean.event());
            arrivals.add(inOrder ? clean : new Arrival(at, clean.event()));
            // Within the horizon of successes, an hour; what was late once is not remembered.
            if (random.nextInt(12) == 0 && at.isBefore(clean.at().plusSeconds(OUT_OF_ORDER_SECONDS))) {
                Instant again = at.plusSeconds(random.nextInt(REPEATED_SECONDS));
                arrivals.add(new Arrival(inOrder ? clean.at() : again, clean.event()));
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return arrivals;
    }
}
