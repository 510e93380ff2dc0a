package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Owner;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.PipelineProgress.Condition;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Heartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens while nothing is heard: of a source, of a connector, or because the program itself was away. */
class SilenceTest {

    private static final ConnectorKey SMART_HOST = new ConnectorKey("contoso", "To on-premises");
    private static final String TIMED_OUT = "450 4.4.316";
    private static final String CAUSE = "connection-timed-out";
    private static final Instant EIGHT = Instant.parse("2026-01-05T08:00:00Z");

    /** The one queued recipient comes within twelve hours of its deadline here. */
    private static final Instant AT_RISK = EIGHT.plus(Duration.ofHours(12));

    private static final Duration IDLE = Duration.ofMinutes(5);

    private static final RemediationLookup REMEDIATIONS = (situation, tenant, language) ->
            new Remediation("entry", null, Owner.OUR_ADMIN, "title", List.of(), List.of(), null, "verify");

    @TempDir
    Path stateDir;

    private final Traffic traffic = new Traffic(0, SMART_HOST);

    /** A recipient is queued since eight; progress and wall clock stand ten minutes before it is at risk. */
    private MonitorDriver beforeTheRisk() {
        MonitorDriver monitor = driver(AT_RISK.minus(Duration.ofMinutes(10)));
        monitor.send(traffic.deferred(EIGHT, TIMED_OUT, CAUSE));
        monitor.progress(AT_RISK.minus(Duration.ofMinutes(10)));
        assertThat(monitor.alerts()).isEmpty();
        return monitor;
    }

    @Test
    void queuesAgeAtThePaceOfTheWallClock() {
        try (MonitorDriver monitor = beforeTheRisk()) {
            monitor.passWallClock(Duration.ofSeconds(599));
            assertThat(monitor.alerts()).isEmpty();
            monitor.passWallClock(Duration.ofSeconds(1));
            List<Alert> alerts = monitor.alerts();
            assertThat(alerts)
                    .extracting(Alert::openedAt, Alert::provisional, Alert::publication, Alert::severity)
                    .containsExactly(tuple(AT_RISK, true, Publication.OPENED, Severity.WARNING));
            assertThat(alerts.get(0).evidence().progress()).isEqualTo(AT_RISK.minus(Duration.ofMinutes(10)));
            assertThat(alerts.get(0).evidence().window().end()).isEqualTo(AT_RISK.minus(Duration.ofMinutes(10)));
        }
    }

    @Test
    void silenceMovesNeitherProgressNorWindowsAndResolvesNothing() {
        try (MonitorDriver monitor = driver(EIGHT)) {
            for (int i = 0; i < 5; i++) {
                monitor.send(traffic.deferred(EIGHT.minusSeconds(i), TIMED_OUT, CAUSE));
            }
            for (int i = 0; i < 5; i++) {
                monitor.send(traffic.deliveredFromQueue(EIGHT.plusSeconds(30), EIGHT.minusSeconds(i), TIMED_OUT));
            }
            monitor.progress(EIGHT.plusSeconds(60));
            assertThat(monitor.alerts()).extracting(Alert::state).containsExactly(AlertState.OPEN);
            monitor.windowRecords();
            monitor.progressRecords();
            for (int hour = 0; hour < 30; hour++) {
                monitor.passWallClock(Duration.ofHours(1));
            }
            assertThat(monitor.alerts()).isEmpty();
            assertThat(monitor.windowRecords()).isEmpty();
            assertThat(monitor.progressRecords())
                    .extracting(PipelineProgress::progress)
                    .containsOnly(EIGHT.plusSeconds(60));
        }
    }

    @Test
    void progressConfirmsWithTheSameIdAndSequence() {
        Alert live;
        try (MonitorDriver monitor = driver(AT_RISK)) {
            monitor.send(traffic.deferred(EIGHT, TIMED_OUT, CAUSE));
            monitor.progress(AT_RISK);
            live = monitor.alerts().get(0);
        }
        try (MonitorDriver monitor = beforeTheRisk()) {
            monitor.passWallClock(Duration.ofMinutes(11));
            Alert supposed = monitor.alerts().get(0);
            monitor.progress(AT_RISK.plus(Duration.ofMinutes(1)));
            assertThat(monitor.alerts())
                    .extracting(Alert::id, Alert::sequence, Alert::publication, Alert::provisional)
                    .containsExactly(tuple(live.id(), 1, Publication.OPENED, false));
            assertThat(supposed.id()).isEqualTo(live.id());
        }
    }

    @Test
    void aDelayedDeliveryTakesItBack() {
        try (MonitorDriver monitor = beforeTheRisk()) {
            monitor.passWallClock(Duration.ofMinutes(12));
            Alert supposed = monitor.alerts().get(0);
            Instant delivery = AT_RISK.minus(Duration.ofMinutes(5));
            monitor.send(traffic.deliveredFromQueue(delivery, EIGHT, TIMED_OUT));
            monitor.progress(delivery);
            assertThat(monitor.alerts())
                    .extracting(
                            Alert::id,
                            Alert::sequence,
                            Alert::publication,
                            Alert::state,
                            Alert::resolution,
                            Alert::provisional)
                    .containsExactly(tuple(
                            supposed.id(), 2, Publication.CORRECTED, AlertState.RESOLVED, Resolution.DISPROVED, true));
            monitor.progress(AT_RISK.plus(Duration.ofHours(3)));
            assertThat(monitor.alerts()).isEmpty();
        }
    }

    @Test
    void anEscalationBySilenceIsTakenBackToWhatStands() {
        Instant high = EIGHT.plus(Duration.ofHours(20));
        try (MonitorDriver monitor = driver(high.minus(Duration.ofMinutes(10)))) {
            monitor.send(traffic.deferred(EIGHT, TIMED_OUT, CAUSE));
            monitor.send(traffic.deferred(EIGHT.plus(Duration.ofHours(2)), TIMED_OUT, CAUSE));
            monitor.progress(high.minus(Duration.ofMinutes(10)));
            Alert open = monitor.alerts().get(0);
            monitor.passWallClock(Duration.ofMinutes(11));
            assertThat(monitor.alerts())
                    .extracting(Alert::id, Alert::sequence, Alert::severity, Alert::provisional)
                    .containsExactly(tuple(open.id(), 3, Severity.HIGH, true));
            monitor.send(traffic.deliveredFromQueue(high.minus(Duration.ofMinutes(2)), EIGHT, TIMED_OUT));
            monitor.progress(high);
            assertThat(monitor.alerts())
                    .extracting(
                            Alert::id,
                            Alert::sequence,
                            Alert::publication,
                            Alert::severity,
                            Alert::state,
                            Alert::provisional)
                    .containsExactly(
                            tuple(open.id(), 2, Publication.CORRECTED, Severity.WARNING, AlertState.OPEN, false));
        }
    }

    @Test
    void anInputThatHasEndedAgesNoMore() {
        try (MonitorDriver monitor = driver(AT_RISK.minus(Duration.ofMinutes(10)))) {
            monitor.send(traffic.deferred(EIGHT, TIMED_OUT, CAUSE));
            monitor.end(AT_RISK.minus(Duration.ofMinutes(10)));
            monitor.passWallClock(Duration.ofHours(5));
            assertThat(monitor.alerts()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PT29M59.999S,true", "PT30M,true", "PT30M0.001S,false"})
    void whoCaughtUpSaysOnceWhatIsOpen(Duration lag, boolean current) {
        Instant opened = EIGHT.plus(Duration.ofMinutes(2));
        Instant caughtUp = EIGHT.plus(Duration.ofHours(5));
        try (MonitorDriver monitor = driver(caughtUp.plus(lag))) {
            for (int i = 0; i < 5; i++) {
                monitor.send(traffic.deferred(EIGHT.plusSeconds(30L * i), TIMED_OUT, CAUSE));
            }
            monitor.progress(EIGHT.plus(Duration.ofHours(1)));
            Alert before = monitor.alerts().get(0);
            assertThat(before.openedAt()).isEqualTo(opened);
            assertThat(before.pageable()).isFalse();
            monitor.progress(caughtUp);
            List<Alert> alerts = monitor.alerts();
            assertThat(alerts).hasSize(current ? 1 : 0);
            assertThat(alerts).allSatisfy(alert -> {
                assertThat(alert.publication()).isEqualTo(Publication.BECAME_CURRENT);
                assertThat(alert.id()).isEqualTo(before.id());
                assertThat(alert.sequence()).isEqualTo(before.sequence());
                assertThat(alert.pageable()).isTrue();
            });
            monitor.progress(caughtUp.plusSeconds(60));
            assertThat(monitor.alerts()).hasSize(current ? 0 : 1);
        }
    }

    @Test
    void whomAnAlertPagedItPagesOnlyOnce() {
        try (MonitorDriver monitor = driver(EIGHT)) {
            for (int i = 0; i < 5; i++) {
                monitor.send(traffic.deferred(EIGHT.plusSeconds(30L * i), TIMED_OUT, CAUSE));
            }
            monitor.progress(EIGHT.plus(Duration.ofMinutes(2)));
            assertThat(monitor.alerts()).extracting(Alert::pageable).containsExactly(true);
            monitor.progress(EIGHT.plus(Duration.ofMinutes(3)));
            assertThat(monitor.alerts()).isEmpty();
        }
    }

    @Test
    void aBusyHourOfTheWeekThatStaysEmptyIsSilence() {
        try (MonitorDriver monitor = driver(EIGHT)) {
            for (int week = 4; week >= 1; week--) {
                busyHour(monitor, EIGHT.minus(Duration.ofDays(7L * week)), 20);
            }
            Instant whole = EIGHT.plus(Duration.ofHours(1));
            monitor.progress(whole.minusMillis(1));
            assertThat(monitor.alerts()).isEmpty();
            monitor.progress(whole);
            Alert alert = monitor.alerts().get(0);
            assertThat(alert.reasons()).containsExactly(Reason.CONNECTOR_SILENT);
            assertThat(alert.code()).isEqualTo("none");
            assertThat(alert.severity()).isEqualTo(Severity.WARNING);
            assertThat(alert.since()).isEqualTo(EIGHT);
            assertThat(alert.openedAt()).isEqualTo(whole);
            // The hours after it are never busy; only an attempt ends it.
            monitor.progress(whole.plus(Duration.ofHours(5)));
            assertThat(monitor.alerts()).isEmpty();
            monitor.send(traffic.delivered(whole.plus(Duration.ofHours(5)).plusSeconds(20)));
            monitor.progress(whole.plus(Duration.ofHours(6)));
            assertThat(monitor.alerts())
                    .extracting(Alert::resolution, Alert::resolvedAt)
                    .containsExactly(tuple(
                            Resolution.RECOVERED,
                            whole.plus(Duration.ofHours(5)).plusSeconds(60)));
        }
    }

    @ParameterizedTest
    @CsvSource({"19,-1,0", "20,-1,1", "21,-1,1", "20,0,0", "20,1,0"})
    void anHourIsMissingWhenItWasUsuallyBusyAndHadNoAttempt(int usual, long lastAttemptMs, int alerts) {
        try (MonitorDriver monitor = driver(EIGHT)) {
            for (int week = 4; week >= 1; week--) {
                busyHour(monitor, EIGHT.minus(Duration.ofDays(7L * week)), week == 2 ? usual : 20);
            }
            monitor.send(traffic.delivered(EIGHT.plusMillis(lastAttemptMs)));
            monitor.progress(EIGHT.plus(Duration.ofHours(1)));
            assertThat(monitor.alerts()).hasSize(alerts);
        }
    }

    @Test
    void aSourceThatIsAwayMakesNoConnectorSilent() {
        try (MonitorDriver monitor = driver(EIGHT)) {
            for (int week = 4; week >= 1; week--) {
                busyHour(monitor, EIGHT.minus(Duration.ofDays(7L * week)), 20);
            }
            monitor.progress(EIGHT);
            monitor.passWallClock(Duration.ofHours(3));
            assertThat(monitor.alerts()).isEmpty();
            assertThat(monitor.progressRecords())
                    .last()
                    .extracting(PipelineProgress::sources)
                    .isEqualTo(List.of(new PipelineProgress.Source(0, EIGHT, Condition.DEAD)));
        }
    }

    /** The final clock lies behind the end of the hour; the input itself speaks until then, or a millisecond less. */
    @ParameterizedTest
    @CsvSource({"-1,0", "0,1", "1,1"})
    void anInputThatSimplyEndsMakesNoConnectorSilent(long ms, int alerts) {
        try (MonitorDriver monitor = driver(EIGHT)) {
            for (int week = 4; week >= 1; week--) {
                busyHour(monitor, EIGHT.minus(Duration.ofDays(7L * week)), 20);
            }
            Instant whole = EIGHT.plus(Duration.ofHours(1));
            Instant finalClock = whole.plus(Duration.ofHours(5));
            monitor.send(new Heartbeat(
                    0, 1, finalClock.toEpochMilli(), true, whole.plusMillis(ms).toEpochMilli()));
            assertThat(monitor.alerts())
                    .filteredOn(alert -> alert.reasons().contains(Reason.CONNECTOR_SILENT))
                    .hasSize(alerts);
        }
    }

    @Test
    void theSilencesOfSourcesAreToldApart() {
        LowWatermark start = LowWatermark.start(IDLE, 0);
        LowWatermark heard = start.hear(new Heartbeat(0, 3, 0, false), 0).hear(new Heartbeat(1, 3, 0, true), 0);
        assertThat(conditions(heard, IDLE.toMillis() - 1))
                .containsExactly(Condition.CURRENT, Condition.ENDED, Condition.RESTORING);
        assertThat(conditions(heard, IDLE.toMillis())).containsExactly(Condition.DEAD, Condition.ENDED, Condition.DEAD);
        long halfAnHour = Duration.ofMinutes(30).toMillis();
        LowWatermark speaking = heard.hear(new Heartbeat(0, 3, 0, false), halfAnHour);
        assertThat(conditions(speaking, halfAnHour)).startsWith(Condition.CURRENT);
        assertThat(conditions(speaking, halfAnHour + 1)).startsWith(Condition.LATE);
    }

    private static List<Condition> conditions(LowWatermark watermark, long nowMs) {
        return watermark.conditions(nowMs, Duration.ofMinutes(30)).stream()
                .map(PipelineProgress.Source::condition)
                .toList();
    }

    private void busyHour(MonitorDriver monitor, Instant start, int attempts) {
        for (int i = 0; i < attempts; i++) {
            ConnectorDelta delivered = traffic.delivered(start.plusSeconds(60L * i));
            monitor.send(delivered);
        }
    }

    private MonitorDriver driver(Instant wallClock) {
        return new MonitorDriver(stateDir, StateMedium.MEMORY, wallClock, SilenceTest::entry, REMEDIATIONS);
    }

    private static Optional<ConnectorEntry> entry(ConnectorKey connector) {
        return Optional.of(new ConnectorEntry(
                connector.tenant(),
                connector.name(),
                Direction.OUTBOUND,
                ConnectorType.SMART_HOST,
                null,
                List.of(),
                List.of(),
                null,
                null,
                Map.of()));
    }
}
