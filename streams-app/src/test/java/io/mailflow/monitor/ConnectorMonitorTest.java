package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Owner;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import io.mailflow.schema.WindowCount;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Heartbeat;
import io.mailflow.tracker.TrackerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorMonitorTest {

    private static final ConnectorKey SMART_HOST = new ConnectorKey("contoso", "To on-premises");
    private static final ConnectorKey INTERNET = new ConnectorKey("contoso", "Internet");
    private static final String TIMED_OUT = "450 4.4.316";
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private static final ConnectorLookup REGISTRY = connector -> connector.equals(SMART_HOST)
            ? Optional.of(entry(SMART_HOST, ConnectorType.SMART_HOST))
            : connector.equals(INTERNET) ? Optional.of(entry(INTERNET, ConnectorType.INTERNET)) : Optional.empty();

    private static final RemediationLookup REMEDIATIONS = (situation, tenant, language) -> new Remediation(
            "entry " + situation.code(),
            situation.causes().isEmpty() ? null : situation.causes().get(0).cause(),
            Owner.OUR_ADMIN,
            "title",
            List.of(),
            List.of(),
            null,
            "verify");

    @TempDir
    Path stateDir;

    private final Traffic smartHost = new Traffic(0, SMART_HOST);

    @ParameterizedTest
    @EnumSource
    void deadSmartHostOpensAtTheMinuteOfTheDecidingAttemptAndResolvesAfterAQuietHour(StateMedium medium) {
        try (MonitorDriver monitor = new MonitorDriver(stateDir, medium, START, REGISTRY, REMEDIATIONS)) {
            feedByMinute(monitor, outage(smartHost), after(Duration.ofHours(3)));

            List<Alert> alerts = monitor.alerts();
            assertThat(alerts)
                    .extracting(Alert::publication, Alert::changedAt, Alert::severity, Alert::reasons)
                    .containsExactly(
                            tuple(
                                    Publication.OPENED,
                                    after(Duration.ofMinutes(2)),
                                    Severity.HIGH,
                                    List.of(Reason.CONNECTOR_DOWN)),
                            // The fiftieth attempt of the hour is in the window that ends here.
                            tuple(
                                    Publication.CHANGED,
                                    after(Duration.ofMinutes(25)),
                                    Severity.HIGH,
                                    List.of(Reason.CONNECTOR_DOWN, Reason.FAILURE_RATE)),
                            // The queue was drained at 10:31.
                            tuple(
                                    Publication.RESOLVED,
                                    after(Duration.ofMinutes(91)),
                                    Severity.HIGH,
                                    List.of(Reason.CONNECTOR_DOWN, Reason.FAILURE_RATE)));
            Alert opened = alerts.get(0);
            assertThat(opened.code()).isEqualTo(TIMED_OUT);
            assertThat(opened.since()).isEqualTo(START);
            assertThat(opened.evidence().counts().failed()).isEqualTo(5);
            assertThat(opened.evidence().queue().recipients()).isEqualTo(5);
            assertThat(opened.evidence().queue().nextDeadline()).isEqualTo(START.plus(Traffic.LIFETIME));
            assertThat(opened.evidence().queue().expiring())
                    .containsExactly(new Expiring(1, 0), new Expiring(4, 0), new Expiring(12, 0), new Expiring(24, 5));
            assertThat(opened.evidence().nextDeadlines())
                    .containsExactly(
                            new Alert.Deadlines(
                                    after(Duration.ofHours(23).plusMinutes(2)),
                                    after(Duration.ofHours(24).plusMinutes(2)),
                                    4),
                            new Alert.Deadlines(
                                    after(Duration.ofHours(24).plusMinutes(2)),
                                    after(Duration.ofHours(25).plusMinutes(2)),
                                    1));
            assertThat(opened.evidence().destinations())
                    .containsExactly(new Alert.FailingDestination(
                            "mail.contoso.example", "192.0.2.25", 5, "450 4.4.316 connection-timed-out"));
            assertThat(opened.evidence().sampleMessageIds()).hasSize(5);
            assertThat(opened.remediation().cause()).isEqualTo("connection-timed-out");
            assertThat(alerts.get(2).resolution()).isEqualTo(Resolution.RECOVERED);
            assertThat(monitor.alertState())
                    .hasSize(1)
                    .containsEntry("contoso/To on-premises/450 4.4.316", alerts.get(2));
        }
    }

    @Test
    void nothingOfADeltaIsVisibleBeforeItsMinute() {
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            outage(smartHost).forEach(monitor::send);
            monitor.progress(after(Duration.ofMinutes(1)));
            assertThat(monitor.alerts()).isEmpty();
            assertThat(found(monitor.health(), "contoso/To on-premises")
                            .attempts()
                            .failed())
                    .isEqualTo(3);
        }
    }

    @Test
    void aJumpOfHoursGivesTheSameAlertsAsMinuteAfterMinute() {
        List<ConnectorDelta> deltas = new ArrayList<>(outage(smartHost));
        deltas.addAll(busyInternet());
        List<Alert> minuteWise;
        Map<String, WindowCount> windowsMinuteWise;
        Map<String, ConnectorHealth> healthMinuteWise;
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            feedByMinute(monitor, deltas, after(Duration.ofHours(3)));
            minuteWise = monitor.alerts();
            windowsMinuteWise = withoutRevision(monitor.windows());
            healthMinuteWise = monitor.health();
        }
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            deltas.forEach(monitor::send);
            monitor.progress(after(Duration.ofHours(3)));
            assertThat(monitor.alerts()).isEqualTo(minuteWise).isNotEmpty();
            assertThat(withoutRevision(monitor.windows())).isEqualTo(windowsMinuteWise);
            assertThat(monitor.health())
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*\\.at")
                    .isEqualTo(healthMinuteWise);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderInWhichSourcesArriveDoesNotMatter(long seed) {
        List<TrackerMessage> first = new ArrayList<>();
        List<TrackerMessage> second = new ArrayList<>();
        List<ConnectorDelta> other = outage(new Traffic(1, SMART_HOST));
        for (int minute = 0; minute <= 180; minute++) {
            addMinute(first, 0, outage(smartHost), minute);
            addMinute(second, 1, other, minute);
        }
        Result inTurn;
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
                if (i < first.size()) {
                    monitor.send(first.get(i));
                }
                if (i < second.size()) {
                    monitor.send(second.get(i));
                }
            }
            inTurn = Result.of(monitor);
        }
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            Random random = new Random(seed);
            Deque<TrackerMessage> left = new ArrayDeque<>(first);
            Deque<TrackerMessage> right = new ArrayDeque<>(second);
            while (!left.isEmpty() || !right.isEmpty()) {
                // In bursts, so that one source runs ahead of the other by many minutes.
                Deque<TrackerMessage> next =
                        right.isEmpty() || (!left.isEmpty() && random.nextBoolean()) ? left : right;
                for (int burst = random.nextInt(60); burst >= 0 && !next.isEmpty(); burst--) {
                    monitor.send(next.remove());
                }
            }
            assertThat(Result.of(monitor)).usingRecursiveComparison().isEqualTo(inTurn);
            assertThat(inTurn.alerts).isNotEmpty();
        }
    }

    @Test
    void theEndMakesAllWindowsFinalAndJudgesAtTheFinalClock() {
        Instant end = after(Duration.ofSeconds(150));
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            // Five failures until 10:02:00, the sixth in the minute that never becomes whole.
            outage(smartHost).stream()
                    .filter(delta ->
                            delta.minute() * 60 <= after(Duration.ofMinutes(3)).getEpochSecond())
                    .limit(6)
                    .forEach(monitor::send);
            monitor.progress(after(Duration.ofMinutes(1)));
            assertThat(monitor.windows().values()).isNotEmpty().noneMatch(WindowCount::isFinal);
            monitor.end(end);

            assertThat(monitor.windows().values())
                    .hasSize(6)
                    .allMatch(WindowCount::isFinal)
                    .allMatch(window -> window.attempts() == 6 && window.revision() == 2);
            assertThat(monitor.alerts()).extracting(Alert::changedAt).containsExactly(after(Duration.ofMinutes(2)));
            ConnectorHealth health = found(monitor.health(), "contoso/To on-premises");
            assertThat(health.at()).isEqualTo(end);
            assertThat(health.queue().recipients()).isEqualTo(6);
            assertThat(monitor.progressRecords())
                    .last()
                    .isEqualTo(new PipelineProgress(
                            PipelineProgress.Stage.MONITOR,
                            0,
                            end,
                            true,
                            null,
                            List.of(new PipelineProgress.Source(0, end, PipelineProgress.Condition.ENDED))));

            monitor.end(end);
            assertThat(monitor.progressRecords()).isEmpty();
        }
    }

    @Test
    void anAlertThatOnlyTheFinalClockDecidesOpensThere() {
        Instant end = after(Duration.ofSeconds(121));
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            for (int i = 0; i < 5; i++) {
                monitor.send(smartHost.deferred(end.minusMillis(i), TIMED_OUT, "connection-timed-out"));
            }
            monitor.end(end);
            assertThat(monitor.alerts()).extracting(Alert::openedAt).containsExactly(end);
        }
    }

    @Test
    void windowsBecomeFinalOnceProgressPassesTheirEndByTheLateness() {
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            monitor.send(smartHost.delivered(after(Duration.ofMillis(299_999))));
            monitor.send(smartHost.delivered(after(Duration.ofMinutes(5))));
            monitor.progress(after(Duration.ofMinutes(14)));
            Map<String, WindowCount> open = monitor.windows();
            assertThat(found(open, "contoso/To on-premises//PT5M/2026-01-05T10:00:00Z")
                            .delivered())
                    .isEqualTo(1);
            assertThat(found(open, "contoso/To on-premises//PT5M/2026-01-05T10:05:00Z")
                            .delivered())
                    .isEqualTo(1);
            assertThat(found(open, "contoso/To on-premises//PT1H/2026-01-05T10:00:00Z")
                            .delivered())
                    .isEqualTo(2);
            assertThat(open.values()).noneMatch(WindowCount::isFinal);

            monitor.progress(after(Duration.ofMinutes(15)));
            assertThat(monitor.windowRecords())
                    .extracting(WindowCount::start, WindowCount::isFinal, WindowCount::revision)
                    .containsExactly(tuple(START, true, 2));
            monitor.progress(after(Duration.ofMinutes(19)));
            assertThat(monitor.windowRecords()).isEmpty();

            // A fact read later moves what was counted.
            monitor.send(smartHost.delivered(after(Duration.ofMillis(299_999))));
            monitor.progress(after(Duration.ofMinutes(20)));
            assertThat(monitor.windowRecords().stream()
                            .filter(window -> window.size().equals(WindowSize.FIVE_MINUTES.size())))
                    .extracting(WindowCount::start, WindowCount::delivered, WindowCount::isFinal, WindowCount::revision)
                    .containsExactly(tuple(START, 2L, true, 3), tuple(after(Duration.ofMinutes(5)), 1L, true, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,false", "0,true", "1,true"})
    void aWindowIsFinalFromItsEndAndTheLatenessOn(long aroundMs, boolean isFinal) {
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            monitor.send(smartHost.delivered(START));
            monitor.progress(after(Duration.ofMinutes(14)));
            monitor.progress(after(Duration.ofMinutes(15)).plusMillis(aroundMs));
            assertThat(found(monitor.windows(), "contoso/To on-premises//PT5M/2026-01-05T10:00:00Z")
                            .isFinal())
                    .isEqualTo(isFinal);
        }
    }

    @Test
    void aSilentSourceHoldsNothingUpForLongerThanTheIdleTimeout() {
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            outage(smartHost).forEach(monitor::send);
            monitor.send(new Heartbeat(1, 2, START.toEpochMilli(), false));
            monitor.passWallClock(Duration.ofMinutes(4));
            monitor.send(new Heartbeat(0, 2, after(Duration.ofMinutes(5)).toEpochMilli(), false));
            assertThat(monitor.alerts()).isEmpty();
            monitor.passWallClock(Duration.ofSeconds(70));
            assertThat(monitor.alerts()).extracting(Alert::state).containsExactly(AlertState.OPEN);
        }
    }

    @Test
    void lagIsThatOfTheDecidedMinuteAndNeverNegative() {
        try (MonitorDriver monitor = new MonitorDriver(
                stateDir, StateMedium.MEMORY, after(Duration.ofMinutes(12)), REGISTRY, REMEDIATIONS)) {
            outage(smartHost).forEach(monitor::send);
            monitor.progress(after(Duration.ofHours(3)));
            assertThat(monitor.alerts())
                    .extracting(alert -> alert.evidence().lag())
                    .containsExactly(Duration.ofMinutes(10), Duration.ZERO, Duration.ZERO);
        }
    }

    @Test
    void aStepThatFailsLeavesNothingHalfDone() {
        List<Alert> expected;
        Map<String, WindowCount> windows;
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            feedByMinute(monitor, outage(smartHost), after(Duration.ofHours(3)));
            expected = monitor.alerts();
            windows = withoutRevision(monitor.windows());
        }
        AtomicInteger calls = new AtomicInteger();
        ConnectorLookup failing = connector -> {
            if (calls.incrementAndGet() % 7 == 0) {
                throw new IllegalStateException("the registry is broken, now and then");
            }
            return REGISTRY.entry(connector);
        };
        try (MonitorDriver monitor = new MonitorDriver(stateDir, StateMedium.MEMORY, START, failing, REMEDIATIONS)) {
            feedByMinute(monitor, outage(smartHost), after(Duration.ofHours(3)));
            // Should the last step have failed, the look at silent sources makes up for it.
            monitor.passWallClock(Duration.ofSeconds(10));
            assertThat(monitor.alerts()).isEqualTo(expected);
            assertThat(withoutRevision(monitor.windows())).isEqualTo(windows);
            assertThat(calls).hasValueGreaterThan(7);
        }
    }

    @Test
    void expiriesCountForAnHourToTheMillisecond() {
        Instant expiry = after(Duration.ofMinutes(10));
        try (MonitorDriver monitor = driver(REMEDIATIONS)) {
            Instant since = expiry.minus(Traffic.LIFETIME);
            monitor.send(smartHost.deferred(since, TIMED_OUT, "connection-timed-out"));
            monitor.send(smartHost.expired(expiry, since, TIMED_OUT));
            monitor.progress(expiry);
            Alert opened = monitor.alerts().stream()
                    .filter(alert -> alert.reasons().contains(Reason.MESSAGES_EXPIRED))
                    .findFirst()
                    .orElseThrow();
            assertThat(opened.changedAt()).isEqualTo(expiry);
            assertThat(opened.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(opened.evidence().queue().expiredLastHour()).isEqualTo(1);
            monitor.progress(expiry.plus(Duration.ofHours(3)));
            assertThat(monitor.alerts())
                    .filteredOn(alert -> alert.state() == AlertState.RESOLVED)
                    .extracting(Alert::changedAt, Alert::resolution)
                    .containsExactly(tuple(expiry.plus(Duration.ofHours(1)), Resolution.GAVE_UP));
            assertThat(found(monitor.health(), "contoso/To on-premises").queue().expired())
                    .isEqualTo(1);
        }
    }

    /** What can be compared between runs. */
    private record Result(List<Alert> alerts, Map<String, WindowCount> windows, Map<String, ConnectorHealth> health) {

        static Result of(MonitorDriver monitor) {
            return new Result(monitor.alerts(), withoutRevision(monitor.windows()), monitor.health());
        }
    }

    private MonitorDriver driver(RemediationLookup remediations) {
        return new MonitorDriver(stateDir, StateMedium.MEMORY, START, REGISTRY, remediations);
    }

    /** Two messages a minute fail for half an hour; then the queue is delivered at once. */
    private static List<ConnectorDelta> outage(Traffic traffic) {
        List<ConnectorDelta> deltas = new ArrayList<>();
        Instant end = after(Duration.ofMinutes(30));
        for (Instant at = START; at.isBefore(end); at = at.plusSeconds(30)) {
            deltas.add(traffic.deferred(at, TIMED_OUT, "connection-timed-out"));
        }
        Instant recovery = after(Duration.ofMinutes(31));
        for (Instant since = START; since.isBefore(end); since = since.plusSeconds(30)) {
            deltas.add(traffic.deliveredFromQueue(recovery, since, TIMED_OUT));
        }
        return deltas;
    }

    /** A third of the attempts at the internet fail in the second hour. */
    private static List<ConnectorDelta> busyInternet() {
        Traffic internet = new Traffic(0, INTERNET);
        List<ConnectorDelta> deltas = new ArrayList<>();
        for (int second = 0; second < 3 * 3600; second += 20) {
            Instant at = after(Duration.ofSeconds(second));
            boolean troubled = second >= 3600 && second < 5400;
            deltas.add(
                    troubled && second % 60 == 0
                            ? internet.retried(at, "451 4.4.0", "dns-no-records")
                            : internet.delivered(at));
        }
        return deltas;
    }

    private static void feedByMinute(MonitorDriver monitor, List<ConnectorDelta> deltas, Instant until) {
        TreeMap<Long, List<ConnectorDelta>> byMinute = deltas.stream()
                .collect(Collectors.groupingBy(ConnectorDelta::minute, TreeMap::new, Collectors.toList()));
        for (Instant at = START; !at.isAfter(until); at = at.plusSeconds(60)) {
            byMinute.getOrDefault(at.getEpochSecond() / 60, List.of()).forEach(monitor::send);
            monitor.progress(at);
        }
    }

    private static void addMinute(List<TrackerMessage> to, int source, List<ConnectorDelta> deltas, int minute) {
        Instant at = after(Duration.ofMinutes(minute));
        deltas.stream()
                .filter(delta -> delta.minute() * 60 == at.getEpochSecond())
                .forEach(to::add);
        to.add(new Heartbeat(source, 2, at.toEpochMilli(), false));
    }

    private static Map<String, WindowCount> withoutRevision(Map<String, WindowCount> windows) {
        Map<String, WindowCount> without = new TreeMap<>(Comparator.naturalOrder());
        windows.forEach((key, w) -> without.put(
                key,
                new WindowCount(
                        w.tenant(),
                        w.connector(),
                        w.code(),
                        w.size(),
                        w.start(),
                        w.end(),
                        w.delivered(),
                        w.attempts(),
                        w.messages(),
                        w.recipients(),
                        w.isFinal(),
                        0)));
        return without;
    }

    private static <V> V found(Map<String, V> records, String key) {
        return Objects.requireNonNull(records.get(key), key);
    }

    private static Instant after(Duration time) {
        return START.plus(time);
    }

    private static ConnectorEntry entry(ConnectorKey connector, ConnectorType type) {
        return new ConnectorEntry(
                connector.tenant(),
                connector.name(),
                Direction.OUTBOUND,
                type,
                Relation.ON_PREMISES,
                List.of(),
                List.of(),
                null,
                null,
                Map.of());
    }
}
