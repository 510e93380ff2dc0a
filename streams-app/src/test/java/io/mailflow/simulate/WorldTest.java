package io.mailflow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.EventClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {

    private static final Instant START = Instant.parse("2026-01-03T08:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(4));

    private static List<TraceRow> rows(long seed, Instant start, Instant end) {
        World world = new World(DemoScenario.of(seed), start);
        List<TraceRow> rows = new ArrayList<>();
        while (world.peek().timestamp().isBefore(end)) {
            rows.add(world.next());
        }
        return rows;
    }

    @Test
    void theSameSeedGivesTheSameRows() {
        Instant end = START.plus(Duration.ofHours(6));
        assertThat(rows(1, START, end)).isEqualTo(rows(1, START, end)).isNotEqualTo(rows(2, START, end));
    }

    @Test
    void rowsComeInTimeOrderFromTheStart() {
        List<TraceRow> rows = rows(1, START, END);
        assertThat(rows).extracting(TraceRow::timestamp).isSorted();
        assertThat(rows.get(0).timestamp()).isBetween(START, START.plusSeconds(600));
    }

    @Test
    void everyQueuedRecipientIsClosedInItsLifetimeOrStillQueued() {
        Map<String, Instant> queued = new HashMap<>();
        Set<String> finished = new HashSet<>();
        int expired = 0;
        for (TraceRow row : rows(1, START, END)) {
            for (String recipient : row.recipients()) {
                String key = row.mail().networkMessageId() + " " + recipient;
                if (row.event() == EventClass.DEFER) {
                    assertThat(finished.contains(key)).as("%s was closed", key).isFalse();
                    queued.putIfAbsent(key, row.timestamp());
                } else if (row.event() == EventClass.SEND || row.event() == EventClass.FAIL) {
                    assertThat(finished.add(key)).as("%s is closed once", key).isTrue();
                    Instant since = queued.remove(key);
                    if (row.source().equals("QUEUE")) {
                        assertThat(since).as("first deferral of %s", key).isNotNull();
                        assertThat(Duration.between(since, row.timestamp()))
                                .isBetween(Duration.ofHours(24), Duration.ofMinutes(24 * 60 + 30));
                        expired++;
                    } else if (since != null) {
                        assertThat(Duration.between(since, row.timestamp())).isLessThan(Duration.ofMinutes(1_470));
                    }
                }
            }
        }
        assertThat(expired).isGreaterThan(100);
        assertThat(queued.values())
                .isNotEmpty()
                .allSatisfy(since -> assertThat(since).isAfter(END.minus(Duration.ofMinutes(24 * 60 + 30))));
    }

    @Test
    void aDeferredMessageIsTriedAgainWhenItWasToBe() {
        Map<String, TraceRow> deferred = new HashMap<>();
        int early = 0;
        int onTime = 0;
        for (TraceRow row : rows(1, START, END)) {
            if (row.event() == EventClass.OTHER) {
                continue;
            }
            TraceRow before = deferred.remove(
                    row.mail().networkMessageId() + row.recipients().get(0));
            if (before != null) {
                if (row.timestamp().equals(before.deferUntil())) {
                    onTime++;
                } else {
                    assertThat(row.timestamp()).as("a flush after a recovery").isBefore(before.deferUntil());
                    early++;
                }
            }
            if (row.event() == EventClass.DEFER) {
                deferred.put(row.mail().networkMessageId() + row.recipients().get(0), row);
            }
        }
        assertThat(onTime).isGreaterThan(5_000);
        assertThat(early).isBetween(100, 3_000);
        assertThat(deferred.values())
                .allSatisfy(row -> assertThat(row.deferUntil()).isAfterOrEqualTo(END));
    }

    @Test
    void everyStatusFollowsTheGrammarOrIsCut() {
        int cut = 0;
        for (TraceRow row : rows(1, START, END)) {
            assertThat(row.statuses().size()).isIn(0, row.recipients().size());
            for (String status : row.statuses()) {
                if (status.equals("250 2.1.5 Recipient OK") || LastErrorGrammar.whole(status)) {
                    continue;
                }
                assertThat(status).matches(LastErrorGrammar::cut);
                cut++;
            }
        }
        assertThat(cut).isBetween(50, 1_000);
    }
}
