package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Resolution;
import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.QueueSum;
import io.mailflow.tracker.ConnectorKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an episode began, whatever order its failures were counted and taken back in. Five of them open an alert. */
class SinceTest {

    private static final ConnectorKey SMART_HOST = new ConnectorKey("contoso", "To on-premises");
    private static final String TIMED_OUT = "450 4.4.316";

    private final Traffic traffic = new Traffic(0, SMART_HOST);

    @TempDir
    Path stateDir;

    private MonitorDriver monitor;

    @BeforeEach
    void start() {
        ConnectorEntry entry = new ConnectorEntry(
                "contoso",
                "To on-premises",
                Direction.OUTBOUND,
                ConnectorType.SMART_HOST,
                null,
                List.of(),
                List.of(),
                null,
                null,
                Map.of());
        Remediation remediation =
                new Remediation("entry", null, Owner.OUR_ADMIN, "title", List.of(), List.of(), null, "verify");
        monitor = new MonitorDriver(
                stateDir,
                StateMedium.MEMORY,
                at("10:00:00"),
                connector -> Optional.of(entry),
                (situation, tenant, language) -> remediation);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void shouldBeginBeforeAGapThatAMovedFailureCloses() {
        fails("10:00:10");
        fails("11:20:00");
        fails("11:21:00");
        count("10:40:00", "11:30:00", 1);
        fails("11:40:00");

        assertThat(openedBy("11:45:00").since()).isEqualTo(at("10:00:10"));
    }

    @Test
    void shouldBeginAfterAFailureThatMovedAway() {
        fails("10:00:10");
        fails("10:50:00");
        fails("11:20:00");
        fails("11:21:00");
        count("10:00:10", "11:30:00", -1);
        fails("11:40:00");
        fails("11:41:00");

        assertThat(openedBy("11:45:00").since()).isEqualTo(at("10:50:00"));
    }

    /** The window of 10:50 began with what moved away, and one that stands is in it. */
    @Test
    void shouldBeginWithTheWindowOfTheFirstFailureThatStands() {
        fails("10:51:00");
        fails("10:52:00");
        fails("11:20:00");
        fails("11:21:00");
        count("10:51:00", "11:30:00", -1);
        fails("11:40:00");
        fails("11:41:00");

        assertThat(openedBy("11:45:00").since()).isEqualTo(at("10:51:00"));
    }

    @ParameterizedTest
    @CsvSource({"10:20:00, 10:20:00", "10:19:59, 11:20:00"})
    void shouldBeginAnewAfterMoreThanAQuietHour(String first, String since) {
        for (int i = 0; i < 4; i++) {
            fails(first);
        }
        fails("11:20:00");

        assertThat(openedBy("11:45:00").since()).isEqualTo(at(since));
    }

    /** Once an hour is never quiet for more than one. */
    @Test
    void shouldBeginSixDaysAgoAtMost() {
        Instant opens = at("11:23:00").plus(Duration.ofDays(7));
        for (Instant hourly = at("10:30:00"); hourly.isBefore(opens); hourly = hourly.plus(Duration.ofHours(1))) {
            count(hourly, hourly, 1);
        }
        for (int minute = 0; minute < 4; minute++) {
            Instant failed = opens.minus(Duration.ofMinutes(minute));
            count(failed, failed, 1);
        }

        assertThat(openedBy(opens).since()).isEqualTo(at("11:30:00").plus(Duration.ofDays(1)));
    }

    /** Queued by a status, or by events too late to be counted: its own failures are not among those that are counted. */
    @ParameterizedTest
    @CsvSource({"10:19:59, 11:20:00", "10:20:00, 09:00:00"})
    void shouldNotBeginWithAnOlderRunOfFailuresThanItsQueue(String lastFailure, String since) {
        for (int minute = 0; minute < 60; minute += 20) {
            fails("09:%02d:00".formatted(minute));
        }
        fails(lastFailure);
        Instant opens = at("23:20:00");
        queue("11:20:00", opens);

        assertThat(openedBy(opens.plusSeconds(60)).since()).isEqualTo(at(since));
    }

    /** A recipient of the smart host that comes into the last twelve hours before its deadline. */
    private void queue(String since, Instant counted) {
        long minute = -Math.floorDiv(-counted.toEpochMilli(), 60_000L);
        QueueSum queued = new QueueSum(
                TIMED_OUT,
                at(since).toEpochMilli(),
                at(since).plus(Traffic.LIFETIME).toEpochMilli(),
                1);
        monitor.send(new ConnectorDelta(0, minute, SMART_HOST, List.of(), List.of(queued), List.of(), 1, List.of()));
    }

    /** An hour after the newest failure that stands, and not after one that was taken back. */
    @ParameterizedTest
    @CsvSource({"10:50:00, 11:30:00", "10:30:00, 11:24:00"})
    void shouldResolveAnHourAfterTheNewestFailureThatStands(String takenBackFrom, String resolved) {
        fiveFailTwentyPast("10");
        fails("10:30:00");
        fails("10:50:00");
        openedBy("10:58:00");
        count("10:50:00", "11:05:00", -1);
        if (takenBackFrom.equals("10:30:00")) {
            count("10:30:00", "11:05:00", -1);
        }
        delivers("10:55:00");
        monitor.progress(at("11:59:00"));

        assertThat(monitor.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.changedAt()).isEqualTo(at(resolved));
            assertThat(alert.resolution()).isEqualTo(Resolution.RECOVERED);
        });
    }

    /** Nor is a connector with a delivery that moved away one that delivers. */
    @Test
    void shouldTellOfTheNewestAttemptsThatStand() {
        delivers("10:02:00");
        fails("10:12:00");
        fails("10:32:00");
        delivers("10:52:00");
        monitor.progress(at("10:55:00"));
        count("10:32:00", "11:05:00", -1);
        takeBackDelivery("10:52:00", "11:05:00");
        monitor.progress(at("11:06:00"));

        ConnectorHealth health = Objects.requireNonNull(monitor.health().get("contoso/To on-premises"));
        assertThat(health.lastDelivered()).isEqualTo(at("10:02:00"));
        assertThat(health.lastFailed()).isEqualTo(at("10:12:00"));
        assertThat(health.failures()).singleElement().satisfies(code -> {
            assertThat(code.first()).isEqualTo(at("10:12:00"));
            assertThat(code.last()).isEqualTo(at("10:12:00"));
        });
    }

    @Test
    void shouldTellOfTheFirstFailureThatStands() {
        fails("10:12:00");
        fails("10:32:00");
        monitor.progress(at("10:55:00"));
        count("10:12:00", "11:05:00", -1);
        monitor.progress(at("11:06:00"));

        ConnectorHealth health = Objects.requireNonNull(monitor.health().get("contoso/To on-premises"));
        assertThat(health.failures())
                .singleElement()
                .satisfies(code -> assertThat(code.first()).isEqualTo(at("10:32:00")));
    }

    private void delivers(String time) {
        monitor.send(traffic.delivered(at(time)));
    }

    private void takeBackDelivery(String delivered, String counted) {
        AttemptCounts less = new AttemptCounts(
                -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, new TreeMap<>());
        AttemptSum sum = new AttemptSum(
                AttemptSum.WHOLE_CONNECTOR,
                WindowSize.FIVE_MINUTES.startMs(at(delivered).toEpochMilli()),
                less);
        long minute = -Math.floorDiv(-at(counted).toEpochMilli(), 60_000L);
        monitor.send(new ConnectorDelta(0, minute, SMART_HOST, List.of(sum), List.of(), List.of(), 0, List.of()));
    }

    @Test
    void shouldBeDisprovedOnceTheWholeRunIsTakenBack() {
        fails("10:10:00");
        fiveFailTwentyPast();
        openedBy("11:29:00");
        takeBackUntil(25);
        monitor.progress(at("11:31:00"));

        assertThat(monitor.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.changedAt()).isEqualTo(at("11:30:00"));
            assertThat(alert.resolution()).isEqualTo(Resolution.DISPROVED);
        });
    }

    @Test
    void shouldStayOpenWhileOneOfTheRunStands() {
        fiveFailTwentyPast();
        openedBy("11:29:00");
        takeBackUntil(24);
        monitor.progress(at("11:31:00"));

        assertThat(monitor.alerts()).isEmpty();
    }

    private void fiveFailTwentyPast() {
        fiveFailTwentyPast("11");
    }

    private void fiveFailTwentyPast(String hour) {
        for (int minute = 20; minute < 25; minute++) {
            fails("%s:%d:00".formatted(hour, minute));
        }
    }

    private void takeBackUntil(int endMinute) {
        for (int minute = 20; minute < endMinute; minute++) {
            count("11:%d:00".formatted(minute), "11:30:00", -1);
        }
    }

    private Alert openedBy(String progress) {
        return openedBy(at(progress));
    }

    private Alert openedBy(Instant progress) {
        monitor.progress(progress);
        return monitor.alerts().stream()
                .filter(alert -> alert.publication() == Publication.OPENED)
                .findFirst()
                .orElseThrow();
    }

    private void fails(String time) {
        count(time, time, 1);
    }

    private void count(String time, String counted, int number) {
        count(at(time), at(counted), number);
    }

    /** A failure of a message that is not queued any more, counted or taken back at a later minute. */
    private void count(Instant failed, Instant counted, int number) {
        ConnectorDelta delta = traffic.deferred(failed, TIMED_OUT, "connection-timed-out");
        long minute = -Math.floorDiv(-counted.toEpochMilli(), 60_000L);
        List<AttemptSum> attempts = delta.attempts().stream()
                .map(sum -> number > 0 ? sum : new AttemptSum(sum.code(), sum.window5m(), oneLess()))
                .toList();
        monitor.send(new ConnectorDelta(0, minute, SMART_HOST, attempts, List.of(), List.of(), 0, List.of()));
    }

    private static AttemptCounts oneLess() {
        TreeMap<String, Long> causes = new TreeMap<>(Map.of("connection-timed-out", -1L));
        return new AttemptCounts(
                0, -1, -1, -1, -1, -1, -1, -1, -1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, causes);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + "Z");
    }
}
