package io.mailflow.tracker;

import static io.mailflow.tracker.Events.START;
import static io.mailflow.tracker.Events.TO_SITE;
import static io.mailflow.tracker.Events.deferred;
import static io.mailflow.tracker.Events.expired;
import static io.mailflow.tracker.Events.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector learnt later moves what was counted without it. */
class MovedCountsTest {

    private static final String CODE = "450 4.4.316";

    @TempDir
    Path stateDir;

    private TrackerDriver tracker;

    @BeforeEach
    void start() {
        tracker = new TrackerDriver(stateDir);
    }

    @AfterEach
    void stop() {
        tracker.close();
    }

    @Test
    void shouldMoveEverythingCountedUnderUnknownInEveryWindowSize() {
        tracker.send(deferred(0).unnamed().get());
        tracker.send(deferred(600).unnamed().get());
        tracker.flush();
        assertThat(tracker.sums().ever("unknown", CODE)).isEqualTo(List.of(0L, 2L, 1L, 1L));

        tracker.send(deferred(1_200).get());
        tracker.end(START.plusSeconds(1_300));

        Sums sums = tracker.sums();
        assertThat(sums.attempts().keySet()).noneMatch(key -> key.startsWith("unknown"));
        for (String code : List.of(CODE, "")) {
            assertThat(sums.window(TO_SITE, code, "5m", "2026-01-05T08:00:00Z")).isEqualTo(List.of(0L, 1L, 1L, 1L));
            assertThat(sums.window(TO_SITE, code, "5m", "2026-01-05T08:10:00Z")).isEqualTo(List.of(0L, 1L, 1L, 1L));
            assertThat(sums.window(TO_SITE, code, "1h", "2026-01-05T08:00:00Z")).isEqualTo(List.of(0L, 3L, 1L, 1L));
            assertThat(sums.window(TO_SITE, code, "1d", "2026-01-05T00:00:00Z")).isEqualTo(List.of(0L, 3L, 1L, 1L));
        }
        assertThat(sums.queue()).containsOnlyKeys(TO_SITE + "|" + CODE + "|" + START + "|2026-01-06T08:00:00Z");
        assertThat(sums.queuedMessages()).isEqualTo(new java.util.TreeMap<>(java.util.Map.of(TO_SITE, 1L)));
    }

    @Test
    void shouldTakeTheNameOfAnEarlierAttemptThatIsReadLater() {
        tracker.send(deferred(100).on("To partner").get());
        tracker.send(deferred(200).unnamed().get());
        tracker.flush();
        assertThat(tracker.sums().failed("To partner", CODE)).isEqualTo(2);

        tracker.send(deferred(150).get());
        tracker.end(START.plusSeconds(300));

        assertThat(tracker.sums().failed("To partner", CODE)).isEqualTo(1);
        assertThat(tracker.sums().failed(TO_SITE, CODE)).isEqualTo(2);
        assertThat(tracker.sums().queue().keySet()).allMatch(key -> key.startsWith(TO_SITE));
    }

    @Test
    void shouldTakeTheNameFromADuplicateThatKnowsIt() {
        tracker.send(deferred(0).unnamed().get());
        tracker.flush();
        tracker.send(deferred(0).told(ConnectorSource.CUSTOM_DATA).get());
        tracker.send(deferred(0).unnamed().get());
        tracker.end(START.plusSeconds(10));

        assertThat(tracker.sums().failed("unknown", CODE)).isZero();
        assertThat(tracker.sums().failed(TO_SITE, CODE)).isEqualTo(1);
        assertThat(tracker.accounting()).isEqualTo(new Accounting(1, 2, 0, 0, 0));
    }

    @Test
    void shouldTakeTheNameOfASuccessFromADuplicateThatKnowsIt() {
        tracker.send(sent(0).unnamed().get());
        tracker.send(sent(0).get());
        tracker.end(START.plusSeconds(10));

        assertThat(tracker.sums().delivered("unknown")).isZero();
        assertThat(tracker.sums().delivered(TO_SITE)).isEqualTo(1);
    }

    /** Whenever sums cross: what one message adds and another takes back in the same minute leaves its instant. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellOfAFailureThatCancelsOutWithAnother(boolean flushedBetween) {
        tracker.send(deferred(0).unnamed().get());
        tracker.flush();
        tracker.send(deferred(10).message("m2").unnamed().get());
        if (flushedBetween) {
            tracker.flush();
        }
        tracker.send(deferred(0).told(ConnectorSource.CUSTOM_DATA).get());
        tracker.flush();

        assertThat(tracker.sums().failed("unknown", CODE)).isEqualTo(1);
        assertThat(tracker.messages())
                .filteredOn(ConnectorDelta.class::isInstance)
                .map(ConnectorDelta.class::cast)
                .filteredOn(delta -> delta.connector().name().equals("unknown"))
                .flatMap(ConnectorDelta::attempts)
                .filteredOn(sum -> sum.code().equals(CODE))
                .extracting(sum -> sum.counts().lastFailedMs())
                .contains(START.plusSeconds(10).toEpochMilli());
    }

    @Test
    void shouldMoveASuccessToo() {
        tracker.send(sent(0).unnamed().get());
        tracker.send(deferred(60).get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.sums().delivered("unknown")).isZero();
        assertThat(tracker.sums().delivered(TO_SITE)).isEqualTo(1);
    }

    @Test
    void shouldMoveAnExpiry() {
        tracker.send(deferred(0).unnamed().get());
        tracker.send(expired(300).unnamed().get());
        tracker.flush();
        assertThat(tracker.sums().expired()).containsOnlyKeys("unknown|" + CODE + "|" + START.plusSeconds(300));

        tracker.send(deferred(200).get());
        tracker.end(START.plusSeconds(400));

        assertThat(tracker.sums().expired()).containsOnlyKeys(TO_SITE + "|" + CODE + "|" + START.plusSeconds(300));
        assertThat(tracker.sums().expiredRecipients()).isEqualTo(1);
    }

    @Test
    void shouldLeaveEachAttemptOfAFallbackWhereItWasMade() {
        tracker.send(deferred(0).on("Primary").get(), deferred(600).on("Backup").get());
        tracker.end(START.plusSeconds(700));

        Sums sums = tracker.sums();
        assertThat(sums.ever("Primary", CODE)).isEqualTo(List.of(0L, 1L, 1L, 1L));
        assertThat(sums.ever("Backup", CODE)).isEqualTo(List.of(0L, 1L, 1L, 1L));
        assertThat(sums.queue()).containsOnlyKeys("Backup|" + CODE + "|" + START + "|2026-01-06T08:00:00Z");
    }

    @Test
    void shouldMoveAttemptsThatAreRememberedAsNumbersOnly() {
        int attempts = 3 * RecipientMemory.ATTEMPTS_KEPT;
        for (int i = 0; i < attempts; i++) {
            tracker.send(deferred(60L * i).unnamed().get());
        }
        tracker.flush();
        assertThat(tracker.sums().ever("unknown", CODE)).isEqualTo(List.of(0L, (long) attempts, 1L, 1L));

        tracker.send(deferred(60L * attempts).get());
        tracker.end(START.plusSeconds(60L * attempts + 60));

        Sums sums = tracker.sums();
        assertThat(sums.attempts().keySet()).noneMatch(key -> key.startsWith("unknown"));
        assertThat(sums.ever(TO_SITE, CODE)).isEqualTo(List.of(0L, attempts + 1L, 1L, 1L));
        assertThat(sums.window(TO_SITE, "", "5m", "2026-01-05T08:00:00Z")).isEqualTo(List.of(0L, 5L, 1L, 1L));
        assertThat(sums.window(TO_SITE, "", "1h", "2026-01-05T08:00:00Z")).isEqualTo(List.of(0L, 60L, 1L, 1L));
        assertThat(sums.queue().keySet()).containsExactly(TO_SITE + "|" + CODE + "|" + START + "|2026-01-06T08:00:00Z");
    }

    @Test
    void shouldRecogniseADuplicateOfWhatIsRememberedAsANumberOnly() {
        List<io.mailflow.schema.MessageTraceEvent> events = new ArrayList<>();
        for (int i = 0; i < 3 * RecipientMemory.ATTEMPTS_KEPT; i++) {
            events.add(deferred(600L * i).get());
        }
        for (int times = 0; times < 2; times++) {
            events.forEach(tracker::send);
        }
        tracker.end(START.plusSeconds(600L * events.size()));

        assertThat(tracker.sums().failed(TO_SITE, CODE)).isEqualTo(events.size());
        assertThat(tracker.accounting()).isEqualTo(new Accounting(events.size(), events.size(), 0, 0, 0));
    }
}
