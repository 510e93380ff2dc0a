package io.mailflow.tracker;

import static io.mailflow.tracker.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the order in which events come within the lateness bound, they come to the same. */
class OrderTest {

    private static final String[] CONNECTORS = {"To on-premises", "To partner", "To archive"};
    private static final String[] REPLIES = {Events.REFUSED, Events.TIMED_OUT, null};
    private static final String[] ENDS = {"DELIVER", "EXPAND", "DROP"};

    @TempDir
    Path stateDir;

    private record Result(Sums sums, Accounting accounting) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldComeToTheSameInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<MessageTraceEvent> events = distinct(random);
        events.sort(Comparator.comparing(MessageTraceEvent::timestamp));
        Instant end = START.plusSeconds(random.nextBoolean() ? 3_600 : 30 * 3_600);
        Result sorted = run(events, end, "sorted");

        for (int i = 0; i < 3; i++) {
            Collections.shuffle(events, random);
            same(run(events, end, "shuffled" + i), sorted);
        }
        List<MessageTraceEvent> twice = new ArrayList<>(events);
        twice.addAll(events);
        Collections.shuffle(twice, random);
        Result fedTwice = run(twice, end, "twice");
        assertThat(fedTwice.sums()).isEqualTo(sorted.sums());
        assertThat(fedTwice.accounting().counted())
                .isEqualTo(sorted.accounting().counted());
    }

    private static void same(Result result, Result expected) {
        assertThat(onlyIn(result, expected)).isEqualTo(onlyIn(expected, result));
        assertThat(result).isEqualTo(expected);
    }

    private static SortedSet<String> onlyIn(Result one, Result other) {
        SortedSet<String> lines = one.sums().lines();
        lines.removeAll(other.sums().lines());
        return lines;
    }

    private Result run(List<MessageTraceEvent> events, Instant end, String name) {
        try (TrackerDriver tracker = new TrackerDriver(stateDir.resolve(name))) {
            int sent = 0;
            for (MessageTraceEvent event : events) {
                tracker.send(event);
                if (++sent % 7 == 0) {
                    tracker.flush();
                }
            }
            tracker.end(end);
            return new Result(tracker.sums(), tracker.accounting());
        }
    }

    /** Events of a few recipients within nine minutes, no two of one identity. */
    private static List<MessageTraceEvent> distinct(Random random) {
        List<MessageTraceEvent> events = new ArrayList<>();
        List<String> identities = new ArrayList<>();
        int observed = 0;
        for (int i = 0; i < 60; i++) {
            Events event = one(random).observed(observed++);
            String identity = event.message() + event.recipient() + event.type() + event.at();
            if (!identities.contains(identity)) {
                identities.add(identity);
                events.add(event.get());
            }
        }
        return events;
    }

    private static Events one(Random random) {
        long second = random.nextInt(540);
        int kind = random.nextInt(100);
        Events event;
        if (kind < 45) {
            event = Events.deferred(second).reply(REPLIES[random.nextInt(REPLIES.length)]);
        } else if (kind < 60) {
            event = Events.sent(second);
        } else if (kind < 72) {
            event = Events.rejected(second).from(random.nextInt(4) == 0 ? "ROUTING" : "SMTP");
        } else if (kind < 80) {
            event = Events.expired(second);
        } else if (kind < 92) {
            event = Events.closed(second, ENDS[random.nextInt(ENDS.length)]);
        } else if (kind < 97) {
            event = Events.pending(second);
        } else {
            event = Events.status(second, random.nextBoolean() ? "Delivered" : "Failed");
        }
        int connector = random.nextInt(CONNECTORS.length * 2);
        boolean named = connector < CONNECTORS.length && event.type() != EventClass.CLOSE;
        event = named ? event.on(CONNECTORS[connector]) : event.unnamed();
        return event.told(random.nextBoolean() ? ConnectorSource.ROW : ConnectorSource.CUSTOM_DATA)
                .message("m" + random.nextInt(3))
                .to("recipient" + random.nextInt(2) + "@fabrikam.example");
    }
}
