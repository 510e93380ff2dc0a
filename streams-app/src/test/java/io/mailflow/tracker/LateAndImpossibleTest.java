package io.mailflow.tracker;

import static io.mailflow.tracker.Events.START;
import static io.mailflow.tracker.Events.TO_SITE;
import static io.mailflow.tracker.Events.closed;
import static io.mailflow.tracker.Events.deferred;
import static io.mailflow.tracker.Events.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.StoreNames;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateAndImpossibleTest {

    private static final Duration LATENESS = Duration.ofMinutes(10);

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

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 1", "1, 1"})
    void shouldCountWhatIsAsOldAsTheLatenessAndNothingOlder(long ms, int counted) {
        Instant progress = START.plusSeconds(3_600);
        tracker.send(new ProgressMark(progress));
        tracker.send(deferred(0).at(progress.minus(LATENESS).plusMillis(ms)).get());
        tracker.end(progress);

        assertThat(tracker.accounting()).isEqualTo(new Accounting(counted, 0, 0, 1 - counted, 0));
        assertThat(tracker.sums().failed(TO_SITE, "450 4.4.316")).isEqualTo(counted);
        assertThat(tracker.sums().queued()).isEqualTo(1);
    }

    @Test
    void shouldKeepALateEventWithWhatItMissed() {
        tracker.send(new ProgressMark(START.plusSeconds(3_600)));
        MessageTraceEvent event = deferred(420).get();
        tracker.send(event);
        tracker.end(START.plusSeconds(3_600));

        assertThat(tracker.late())
                .containsExactly(new LateEvent(
                        event,
                        START.plusSeconds(3_600),
                        Duration.ofMinutes(53),
                        Instant.parse("2026-01-05T08:05:00Z"),
                        "failed",
                        TO_SITE,
                        "450 4.4.316",
                        "queue"));
    }

    @Test
    void shouldCloseTheQueueByALateEventAndCountNothing() {
        tracker.send(deferred(0).get(), new ProgressMark(START.plusSeconds(7_200)));
        tracker.send(sent(60).get(), sent(60).message("m2").get());
        tracker.end(START.plusSeconds(7_200));

        assertThat(tracker.sums().queued()).isZero();
        assertThat(tracker.sums().delivered(TO_SITE)).isZero();
        assertThat(tracker.late()).extracting(LateEvent::effect).containsExactly("queue", "nothing");
        assertThat(tracker.accounting()).isEqualTo(new Accounting(1, 0, 0, 2, 0));
    }

    @Test
    void shouldCallALateEventThatSaysNothingNoAttempt() {
        tracker.send(new ProgressMark(START.plusSeconds(7_200)));
        tracker.send(closed(0, "DELIVER").get());
        tracker.end(START.plusSeconds(7_200));

        assertThat(tracker.accounting()).isEqualTo(new Accounting(0, 0, 1, 0, 0));
    }

    /** Horizon 24 h, lifetime and margin 24.5 h: what is younger than the longer of both changes the queue. */
    @ParameterizedTest
    @CsvSource({"-1, nothing", "0, nothing", "1, queue"})
    void shouldQueueALateDeferralOnlyWhileItIsYoungEnough(long ms, String effect) {
        Instant progress = START.plus(Duration.ofMinutes(24 * 60 + 30));
        tracker.send(new ProgressMark(progress));
        tracker.send(deferred(0).at(START.plusMillis(ms)).get());
        tracker.end(progress);

        assertThat(tracker.late()).extracting(LateEvent::effect).containsExactly(effect);
        assertThat(tracker.sums().queued()).isEqualTo(effect.equals("queue") ? 1 : 0);
        assertThat(tracker.sums().expiredRecipients()).isZero();
        assertThat(tracker.sums().attempts()).isEmpty();
    }

    @Test
    void shouldNotMoveCountsByALateEvent() {
        tracker.send(deferred(3_000).unnamed().get(), new ProgressMark(START.plusSeconds(7_200)));
        tracker.send(deferred(60).get());
        tracker.end(START.plusSeconds(7_200));

        assertThat(tracker.sums().failed("unknown", "450 4.4.316")).isEqualTo(1);
        assertThat(tracker.sums().attempts().keySet()).noneMatch(key -> key.startsWith(TO_SITE));
        assertThat(tracker.sums().queue().keySet())
                .containsExactly("unknown|450 4.4.316|" + START.plusSeconds(60) + "|2026-01-06T08:01:00Z");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void shouldRefuseWhatIsFurtherAheadThanClocksMayBe(long ms, int refused) {
        Instant produced = START;
        MessageTraceEvent event =
                deferred(0).at(produced.plusSeconds(300).plusMillis(ms)).get();
        tracker.send("m1", event, produced);
        tracker.end(START);

        assertThat(tracker.deadLetters()).hasSize(refused).allMatch(reason -> reason.contains("check the clock"));
        assertThat(tracker.accounting()).isEqualTo(new Accounting(1 - refused, 0, 0, 0, refused));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void shouldRefuseAnEndFurtherAheadThanClocksMayBe(long ms, int refused) {
        tracker.send(deferred(0).get());
        tracker.send(null, new EndOfInput(START.plusSeconds(300).plusMillis(ms)), START);
        tracker.flush();

        assertThat(tracker.deadLetters()).hasSize(refused).allMatch(reason -> reason.contains("check the clock"));
        assertThat(tracker.progress().ended()).isEqualTo(refused == 0);
        assertThat(tracker.progress().progress())
                .isEqualTo(refused == 0 ? START.plusSeconds(300).plusMillis(ms) : START.minusSeconds(30));
    }

    @Test
    void shouldNotMoveProgressByWhatItRefuses() {
        tracker.send("m1", sent(0).get(), START);
        tracker.send("m2", sent(86_400).message("m2").get(), START);
        tracker.send(null, new ProgressMark(START.plusSeconds(86_400)), START);
        tracker.flush();

        assertThat(tracker.progress().progress()).isEqualTo(START.minusSeconds(30));
        assertThat(tracker.deadLetters()).hasSize(2);
    }

    @Test
    void shouldRefuseAnEventWithoutAKey() {
        tracker.send(null, deferred(0).get(), START);
        tracker.end(START);

        assertThat(tracker.deadLetters()).singleElement().asString().contains("the record has no key");
        assertThat(tracker.accounting()).isEqualTo(Accounting.NONE);
        assertThat(tracker.size(StoreNames.RECIPIENTS)).isZero();
    }

    @Test
    void shouldGoOnAfterWhatNobodyCanRead() {
        tracker.sendBytes("m1", null, START);
        tracker.sendBytes("m1", "{\"record\":\"evnt\"}".getBytes(StandardCharsets.UTF_8), START);
        tracker.sendBytes("m1", new byte[] {0, 1, 2, (byte) 0xFF}, START);
        tracker.send(deferred(0).get());
        tracker.end(START);

        assertThat(tracker.accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 08:00", "0, 08:05", "1, 08:05"})
    void shouldPutAnAttemptIntoTheWindowThatItsInstantIsIn(long ms, String window) {
        tracker.send(deferred(0).at(START.plusSeconds(300).plusMillis(ms)).get());
        tracker.end(START.plusSeconds(400));

        assertThat(tracker.sums()
                        .window(TO_SITE, "", "5m", "2026-01-05T" + window + ":00Z")
                        .get(1))
                .isEqualTo(1);
    }

    /** A writer that repeats itself is alive. */
    @Test
    void shouldPassOnAHeartbeatForEveryMark() {
        for (int i = 0; i < 3; i++) {
            tracker.send(new ProgressMark(START));
            tracker.flush();
        }

        assertThat(tracker.messages()).hasSize(3).allMatch(message -> message instanceof Heartbeat);
    }

    @Test
    void shouldSendTheHeartbeatAfterTheSumsItCovers() {
        tracker.send(deferred(0).get());
        tracker.flush();

        assertThat(tracker.messages()).hasSize(2);
        assertThat(tracker.messages().get(0)).isInstanceOf(ConnectorDelta.class);
        assertThat(tracker.messages().get(1))
                .isEqualTo(new Heartbeat(0, 1, START.minusSeconds(30).toEpochMilli(), false));
    }
}
