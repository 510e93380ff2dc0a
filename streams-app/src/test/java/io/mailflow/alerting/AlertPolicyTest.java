package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static io.mailflow.alerting.Times.hours;
import static io.mailflow.alerting.ViewBuilder.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boundaries of the life cycle, one evaluation at a time. */
class AlertPolicyTest {

    private static final FirstCause CAUSE = new FirstCause("connection-timeout", Owner.OUR_ADMIN);

    @ParameterizedTest
    @CsvSource({"07:30:00.001,QUIET_TIME_RUNS", "07:30,DELIVERED_AND_QUIET", "07:29:59.999,DELIVERED_AND_QUIET"})
    void resolvesAnHourAfterTheLastFailure(String lastFailure, Why why) {
        Episode episode = open(Reason.FAILURE_RATE, "06:00", "08:29");
        assertThat(decide(ViewBuilder.smartHost().failures("06:00", lastFailure).lastDelivered("08:29"), episode)
                        .why())
                .isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({"08:29:59.999,QUIET_TIME_RUNS", "08:30,DELIVERED_AND_QUIET", "08:30:00.001,DELIVERED_AND_QUIET"})
    void resolvesAnHourAfterTheQueueDrained(String now, Why why) {
        Episode episode = open(Reason.FAILURE_RATE, "06:00", "08:28");
        assertThat(decide(
                                ViewBuilder.smartHost()
                                        .when(now)
                                        .failures("06:00", "06:30")
                                        .drained("07:30")
                                        .lastDelivered("08:20"),
                                episode)
                        .why())
                .isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({"06:29:59.999,GAVE_UP", "06:30,GAVE_UP", "06:30:00.001,RECOVERED"})
    void recoveredIfDeliveredSinceTheLastFailure(String lastDelivered, Resolution resolution) {
        Episode episode = open(Reason.FAILURE_RATE, "06:00", "07:00");
        assertThat(decide(ViewBuilder.smartHost().failures("06:00", "06:30").lastDelivered(lastDelivered), episode)
                        .episode())
                .extracting(Episode::resolution, Episode::state, Episode::resolvedAt, Episode::sequence)
                .containsExactly(resolution, AlertState.RESOLVED, at("08:30"), 2);
    }

    @ParameterizedTest
    @CsvSource({"05:59:59.999,GAVE_UP", "06:00,GAVE_UP", "06:00:00.001,RECOVERED"})
    void withoutAFailureADeliverySinceItBeganIsARecovery(String lastDelivered, Resolution resolution) {
        Episode episode = open(Reason.QUEUE_BACKLOG, "06:00", "07:00");
        assertThat(decide(ViewBuilder.smartHost().drained("07:00").lastDelivered(lastDelivered), episode)
                        .episode()
                        .resolution())
                .isEqualTo(resolution);
    }

    @Test
    void aQueuedRecipientKeepsItOpen() {
        Episode episode = open(Reason.FAILURE_RATE, "06:00", "07:00");
        Decision decision =
                decide(ViewBuilder.internet().failures("06:00", "06:30").queued(1), episode);
        assertThat(decision).isInstanceOf(Decision.Hold.class);
        assertThat(decision.why()).isEqualTo(Why.STILL_QUEUED);
    }

    @ParameterizedTest
    @CsvSource({"08:29:59.999,AWAITS_DELIVERY", "08:30,QUIET_WITHOUT_DELIVERY", "08:30:00.001,QUIET_WITHOUT_DELIVERY"})
    void whatWasDownAndGaveUpWaitsADayForAnAttempt(String now, Why why) {
        Episode episode = published(open(Reason.CONNECTOR_DOWN, "4 06:00", "4 09:00"), "08:00");
        assertThat(decide(ViewBuilder.smartHost().when(now).failures("4 06:00", "4 08:30"), episode)
                        .why())
                .isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({"06:59:59.999,AWAITS_DELIVERY", "07:00,QUIET_WITHOUT_DELIVERY"})
    void aDeliverySinceItLastHeldEndsConnectorDown(String delivered, Why why) {
        // Attempts are rare: the last one failed after the delivery.
        Episode episode = open(Reason.CONNECTOR_DOWN, "06:00", "07:04");
        assertThat(decide(ViewBuilder.smartHost().failures("06:00", "07:10").lastDelivered(delivered), episode)
                        .why())
                .isEqualTo(why);
    }

    @Test
    void otherReasonsThatGaveUpDoNotWait() {
        Episode episode = open(Reason.MESSAGES_EXPIRED, "06:00", "07:00");
        assertThat(decide(ViewBuilder.smartHost().failures("05:00", "06:00"), episode)
                        .why())
                .isEqualTo(Why.QUIET_WITHOUT_DELIVERY);
    }

    @Test
    void failuresTakenBackDisproveAtOnce() {
        Episode opened = decide(ViewBuilder.smartHost().down(), null).episode();
        Decision decision = decide(ViewBuilder.smartHost().when("08:31").takenBack("08:15", "08:29"), opened);
        assertThat(decision.why()).isEqualTo(Why.TAKEN_BACK);
        assertThat(decision.episode().resolution()).isEqualTo(Resolution.DISPROVED);
    }

    @Test
    void failuresOfAnotherTimeProveAndDisproveNothing() {
        Episode opened = decide(ViewBuilder.smartHost().down(), null).episode();
        // A run that began after it opened is taken back: the failures it opened on are not.
        assertThat(decide(ViewBuilder.smartHost().when("12:00").takenBack("11:00", "11:30"), opened)
                        .why())
                .isEqualTo(Why.QUIET_WITHOUT_DELIVERY);
        // Failures from before it began were taken back long ago.
        Episode queued =
                decide(ViewBuilder.internet().olderThanBacklogAge(200), null).episode();
        assertThat(decide(
                                ViewBuilder.internet()
                                        .when("08:31")
                                        .takenBack("06:00", "06:30")
                                        .drained("08:31"),
                                queued)
                        .why())
                .isEqualTo(Why.QUIET_TIME_RUNS);
    }

    @Test
    void whateverRemainsProvesSomething() {
        Episode opened = decide(ViewBuilder.internet().down(), null).episode();
        assertThat(decide(
                        ViewBuilder.internet()
                                .when("08:31")
                                .takenBack("08:15", "08:29")
                                .queued(1),
                        opened))
                .isInstanceOf(Decision.Hold.class);
        assertThat(decide(
                        ViewBuilder.internet()
                                .when("08:31")
                                .takenBack("08:15", "08:29")
                                .expired(1),
                        opened))
                .extracting(Decision::why)
                .isEqualTo(Why.QUIET_WITHOUT_DELIVERY);
        assertThat(decide(ViewBuilder.internet().when("08:31").failures("08:30", "08:30"), opened))
                .isInstanceOf(Decision.Hold.class);
    }

    @Test
    void anExpiryThatAgesIsNotTakenBack() {
        Episode opened = decide(ViewBuilder.internet().expired(25), null).episode();
        assertThat(decide(ViewBuilder.internet().when("09:29:59.999").drained("08:30"), opened)
                        .why())
                .isEqualTo(Why.QUIET_TIME_RUNS);
        assertThat(decide(ViewBuilder.internet().when("09:30").drained("08:30"), opened)
                        .why())
                .isEqualTo(Why.QUIET_WITHOUT_DELIVERY);
    }

    @ParameterizedTest
    @CsvSource({"13:59:59.999,Hold", "14:00,Repeat", "14:00:00.001,Repeat"})
    void repeatsAfterSixHours(String now, String decision) {
        Episode opened = decide(ViewBuilder.internet().when("08:00").olderThanBacklogAge(200), null)
                .episode();
        assertThat(decide(ViewBuilder.internet().when(now).olderThanBacklogAge(200), opened)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(decision);
    }

    @Test
    void aLongRepeatIntervalIsNotCutToADay() {
        Episode opened = decide(ViewBuilder.internet().when("08:00").olderThanBacklogAge(200), null)
                .episode();
        ViewBuilder view = ViewBuilder.internet().thresholds(Thresholds.lifeCycle(hours(1), hours(24), hours(48)));
        assertThat(decide(view.when("7 07:59").olderThanBacklogAge(200), opened))
                .isInstanceOf(Decision.Hold.class);
        assertThat(decide(view.when("7 08:00").olderThanBacklogAge(200), opened))
                .isInstanceOf(Decision.Repeat.class);
    }

    @Test
    void aReasonThatEndsIsNoNewsUntilSomethingElseIs() {
        Episode opened = decide(
                        ViewBuilder.internet()
                                .queue(new CodeQueue(CODE, 200, 200, 200, 0, 0, 0, 0, at("07:00"), at("20:00"))),
                        null)
                .episode();
        assertThat(opened.reasons()).containsExactly(Reason.QUEUE_BACKLOG, Reason.EXPIRY_RISK);
        Decision later = decide(ViewBuilder.internet().when("11:00").olderThanBacklogAge(200), opened);
        assertThat(later).isInstanceOf(Decision.Hold.class);
        Decision repeated = decide(ViewBuilder.internet().when("14:30").olderThanBacklogAge(200), later.episode());
        assertThat(repeated).isInstanceOf(Decision.Repeat.class);
        assertThat(repeated.episode().reasons()).containsExactly(Reason.QUEUE_BACKLOG);
        Decision again = decide(
                ViewBuilder.internet()
                        .when("14:31")
                        .queue(new CodeQueue(CODE, 200, 200, 200, 0, 0, 0, 0, at("07:00"), at("20:00"))),
                repeated.episode());
        assertThat(again).as("it had that reason before").isInstanceOf(Decision.Hold.class);
    }

    @Test
    void attemptsThatBecomeRareDoNotEndConnectorDown() {
        Episode opened = decide(ViewBuilder.smartHost().down(), null).episode();
        ViewBuilder later = ViewBuilder.smartHost().when("09:00").expired(1).failures("08:15", "08:29");
        assertThat(decide(later, opened).episode().reasons())
                .containsExactly(Reason.CONNECTOR_DOWN, Reason.MESSAGES_EXPIRED);
        assertThat(decide(later.lastDelivered("08:29:59.999"), opened).episode().reasons())
                .containsExactly(Reason.CONNECTOR_DOWN, Reason.MESSAGES_EXPIRED);
        assertThat(decide(later.lastDelivered("08:30"), opened).episode().reasons())
                .containsExactly(Reason.MESSAGES_EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"6 08:28:59.999,2", "6 08:29,1"})
    void aDayWithoutAttemptsEndsConnectorDownWhileAnotherReasonHolds(String now, int reasons) {
        Episode opened = decide(ViewBuilder.smartHost().down(), null).episode();
        assertThat(decide(ViewBuilder.smartHost().when(now).expired(1).failures("08:15", "08:29"), opened)
                        .episode()
                        .reasons())
                .hasSize(reasons);
    }

    @ParameterizedTest
    @CsvSource({"09:29:59.999,Hold", "09:30,Change", "09:30:00.001,Change"})
    void causesMayTakeTurnsOnceAnHour(String now, String expected) {
        Episode opened =
                decide(ViewBuilder.internet().olderThanBacklogAge(200), null).episode();
        Decision decision = new AlertPolicy()
                .decide(
                        ViewBuilder.internet()
                                .when(now)
                                .olderThanBacklogAge(200)
                                .build(),
                        Map.of(CODE, opened),
                        code -> new FirstCause("certificate-expired", Owner.REMOTE_ORGANISATION))
                .get(0);
        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void aCauseNamedForTheFirstTimeIsNewsAtOnce() {
        AlertPolicy policy = new AlertPolicy();
        Episode opened = policy.decide(
                        ViewBuilder.internet().olderThanBacklogAge(200).build(),
                        Map.of(),
                        code -> new FirstCause(null, Owner.OUR_ADMIN))
                .get(0)
                .episode();
        assertThat(decide(ViewBuilder.internet().when("08:31").olderThanBacklogAge(200), opened)
                        .why())
                .isEqualTo(Why.CAUSE_CHANGED);
    }

    @Test
    void duringMaintenanceNothingOpensOrGrowsButMayResolve() {
        ViewBuilder down = ViewBuilder.smartHost().down().maintenanceUntil("09:00");
        assertThat(new AlertPolicy().decide(down.build(), Map.of(), code -> CAUSE))
                .isEmpty();
        Episode warning = decide(
                        ViewBuilder.smartHost().olderThanBacklogAge(200).when("08:00"), null)
                .episode();
        Decision silenced = decide(down, warning);
        assertThat(silenced.why()).isEqualTo(Why.MAINTENANCE);
        assertThat(decide(ViewBuilder.smartHost().when("09:00").down(), silenced.episode()))
                .isInstanceOf(Decision.Escalate.class);
        Episode critical = decide(ViewBuilder.internet().expired(25), null).episode();
        Decision backlog = decide(
                ViewBuilder.internet().when("08:31").olderThanBacklogAge(200).maintenanceUntil("09:00"), critical);
        assertThat(decide(ViewBuilder.internet().when("09:00").olderThanBacklogAge(200), backlog.episode())
                        .why())
                .isEqualTo(Why.REASONS_CHANGED);
        assertThat(decide(
                                ViewBuilder.smartHost()
                                        .when("14:00")
                                        .olderThanBacklogAge(200)
                                        .maintenanceUntil("15:00"),
                                warning)
                        .why())
                .isEqualTo(Why.MAINTENANCE);
        assertThat(decide(ViewBuilder.smartHost().when("14:00").drained("12:00").maintenanceUntil("15:00"), warning))
                .isInstanceOf(Decision.Resolve.class);
    }

    @Test
    void aRiseWithOtherReasonsIsOneEscalation() {
        Episode opened =
                decide(ViewBuilder.internet().olderThanBacklogAge(200), null).episode();
        Decision decision = decide(ViewBuilder.internet().when("08:31").expired(25), opened);
        assertThat(decision).isInstanceOf(Decision.Escalate.class);
        assertThat(decision.episode().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(decision.episode().reasons()).containsExactly(Reason.MESSAGES_EXPIRED);
        assertThat(((Decision.Published) decision).grounds().measures())
                .extracting(measure -> measure.reason() + " " + measure.measure() + " " + measure.value())
                .containsExactly("MESSAGES_EXPIRED recipients that expired in the last hour 25.0");
    }

    @Test
    void sinceIsTheEarlierOfFirstFailureAndOldestQueued() {
        assertThat(decide(ViewBuilder.smartHost().expiring(1, 0, 0), null)
                        .episode()
                        .since())
                .isEqualTo(at("4 08:45"));
        assertThat(decide(ViewBuilder.smartHost().expiring(1, 0, 0).failures("4 08:44", "08:00"), null)
                        .episode()
                        .since())
                .isEqualTo(at("4 08:44"));
        assertThat(decide(ViewBuilder.smartHost().expiring(1, 0, 0).failures("4 08:46", "08:00"), null)
                        .episode()
                        .since())
                .isEqualTo(at("4 08:45"));
        assertThat(decide(ViewBuilder.smartHost().expired(1), null).episode().since())
                .isEqualTo(at("08:30"));
    }

    @Test
    void decidesByCodeInOrder() {
        ConnectorView view = ViewBuilder.internet()
                .queue(new CodeQueue("none", 200, 200, 0, 0, 0, 0, 0, null, null))
                .queue(new CodeQueue("450 4.4.312", 200, 200, 0, 0, 0, 0, 0, null, null))
                .build();
        Episode open = open(Reason.QUEUE_BACKLOG, "06:00", "08:29");
        assertThat(new AlertPolicy().decide(view, Map.of(CODE, open), code -> CAUSE))
                .extracting(decision -> decision.episode().code())
                .containsExactly("450 4.4.312", CODE, "none");
    }

    @Test
    void aConnectorReasonIsFreeAgainOnceItsEpisodeNoLongerHasIt() {
        Episode other = open(Reason.QUEUE_BACKLOG, "06:00", "08:29");
        List<Decision> decisions = new AlertPolicy()
                .decide(ViewBuilder.smartHost().down("450 4.4.317").build(), Map.of(CODE, other), code -> CAUSE);
        assertThat(decisions).hasSize(2);
        assertThat(decisions.get(1)).isInstanceOf(Decision.Open.class);
        assertThat(decisions.get(1).episode().code()).isEqualTo("450 4.4.317");
    }

    @Test
    void nothingWrongNothingDecided() {
        assertThat(new AlertPolicy().decide(ViewBuilder.smartHost().build(), Map.of(), code -> CAUSE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"06:29:59.999,false", "06:30,true", "06:30:00.001,true"})
    void timeAloneMattersWhileAFailureIsInTheHourWindows(String lastFailed, boolean matters) {
        ConnectorView view = ViewBuilder.smartHost().lastFailed(at(lastFailed)).build();
        assertThat(AlertPolicy.needsEveryMinute(view, Map.of())).isEqualTo(matters);
    }

    @Test
    void timeAloneMattersWhileSomethingIsQueuedOrOpen() {
        assertThat(AlertPolicy.needsEveryMinute(ViewBuilder.smartHost().build(), Map.of()))
                .isFalse();
        assertThat(AlertPolicy.needsEveryMinute(
                        ViewBuilder.smartHost().expired(1).build(), Map.of()))
                .isFalse();
        assertThat(AlertPolicy.needsEveryMinute(
                        ViewBuilder.smartHost().queued(1).build(), Map.of()))
                .isTrue();
        assertThat(AlertPolicy.needsEveryMinute(
                        ViewBuilder.smartHost().build(), Map.of(CODE, open(Reason.QUEUE_BACKLOG, "06:00", "06:00"))))
                .isTrue();
    }

    private static Decision decide(ViewBuilder view, @Nullable Episode open) {
        List<Decision> decisions = new AlertPolicy()
                .decide(view.build(), open == null ? Map.of() : Map.of(open.code(), open), code -> CAUSE);
        assertThat(decisions).hasSize(1);
        return decisions.get(0);
    }

    /** An episode of one reason, opened at {@code opened}. */
    private static Episode open(Reason reason, String opened, String lastHeld) {
        return new Episode(
                "id",
                1,
                "contoso",
                "Outbound to Datacentre",
                CODE,
                Severity.HIGH,
                List.of(reason),
                at(opened),
                at(opened),
                at(opened),
                0,
                CAUSE.cause(),
                CAUSE.owner(),
                new TreeMap<>(Map.of(reason, at(lastHeld))),
                false,
                null);
    }

    private static Episode published(Episode episode, String publishedAt) {
        Instant at = at(publishedAt);
        return episode.repeated(at, episode.reasons());
    }
}
