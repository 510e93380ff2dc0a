package io.mailflow.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.oracle.Expected;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Observed;
import io.mailflow.oracle.Oracle;
import io.mailflow.oracle.OracleComparison;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A millisecond before, at and after each boundary. The oracle is held to numbers here, and the program to the oracle. */
class BoundariesTest {

    private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration LIFETIME = World.TIME.lifetimeOnline();
    private static final Duration MARGIN = World.TIME.margin();

    /** Seconds from the first failure of {@link #failing} to the last. */
    private static final int LAST_FAILURE = 5;

    private final List<Fed> input = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T12:05:00Z, -1, 2026-01-05T12:00:00Z, PT5M",
        "2026-01-05T12:05:00Z, 0, 2026-01-05T12:05:00Z, PT5M",
        "2026-01-05T12:05:00Z, 1, 2026-01-05T12:05:00Z, PT5M",
        "2026-01-05T13:00:00Z, -1, 2026-01-05T12:00:00Z, PT1H",
        "2026-01-05T13:00:00Z, 0, 2026-01-05T13:00:00Z, PT1H",
        "2026-01-05T13:00:00Z, 1, 2026-01-05T13:00:00Z, PT1H",
        "2026-01-06T00:00:00Z, -1, 2026-01-05T00:00:00Z, PT24H",
        "2026-01-06T00:00:00Z, 0, 2026-01-06T00:00:00Z, PT24H",
        "2026-01-06T00:00:00Z, 1, 2026-01-06T00:00:00Z, PT24H"
    })
    void windows(Instant boundary, long ms, Instant start, Duration size) {
        defer("m1", boundary.plusMillis(ms));
        end(boundary.plusSeconds(60));

        assertThat(agreed().windows().keySet())
                .anyMatch(window -> window.start().equals(start)
                        && window.size().equals(size)
                        && window.code().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 1", "1, 1"})
    void deadline(long ms, long expired) {
        defer("m1", AT);
        end(AT.plus(LIFETIME).plus(MARGIN).plusMillis(ms));

        Expected.Totals totals = agreed().connectors().get(connector());
        assertThat(totals.expired()).isEqualTo(expired);
        assertThat(totals.queue().recipients()).isEqualTo(1 - expired);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "1, 0"})
    void lateness(long ms, long late) {
        mark(AT);
        defer("m1", AT.minus(World.TIME.lateness()).plusMillis(ms));
        end(AT.plusSeconds(60));

        assertThat(agreed().accounting().get(0)).isEqualTo(new Accounting(1 - late, 0, 0, late, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void future(long ms, long future) {
        Instant at = AT.plus(World.TIME.futureTolerance()).plusMillis(ms);
        input.add(new Fed(0, AT, event(EventClass.DEFER, "m1", at)));
        end(AT.plusSeconds(600));

        assertThat(agreed().accounting().get(0)).isEqualTo(new Accounting(1 - future, 0, 0, 0, future));
    }

    /** Deadlines lie one lifetime after a deferral; the final clock lies as far before them as the level says. */
    @ParameterizedTest
    @CsvSource({
        "PT4H, -1, none", "PT4H, 0, WARNING", "PT4H, 1, WARNING",
        "PT2H, -1, WARNING", "PT2H, 0, HIGH", "PT2H, 1, HIGH",
        "PT1H, -1, HIGH", "PT1H, 0, CRITICAL", "PT1H, 1, CRITICAL"
    })
    void severity(Duration left, long ms, String severity) {
        defer("m1", AT);
        end(AT.plus(LIFETIME).minus(left).plusMillis(ms));

        List<Expected.Published> risks = agreed().alerts().stream()
                .filter(alert -> alert.reasons().contains(Reason.EXPIRY_RISK))
                .toList();
        String last = risks.isEmpty()
                ? "none"
                : risks.get(risks.size() - 1).severity().name();
        assertThat(last).isEqualTo(severity);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void backlog(long ms) {
        for (int i = 0; i < World.ALERTS.backlogWarning(); i++) {
            defer("m" + i, AT);
        }
        end(AT.plus(World.ALERTS.backlogAge()).plusMillis(ms));

        boolean longer = ms > 0;
        assertThat(agreed().alerts().stream().anyMatch(alert -> alert.reasons().contains(Reason.QUEUE_BACKLOG)))
                .isEqualTo(longer);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void expiredInTheLastHour(long ms, boolean counted) {
        defer("m1", AT);
        end(AT.plus(LIFETIME).plus(MARGIN).plus(Duration.ofHours(1)).plusMillis(ms));

        List<Expected.Published> alerts = agreed().alerts();
        assertThat(alerts.get(alerts.size() - 1).reasons()).contains(Reason.MESSAGES_EXPIRED);
        assertThat(alerts.get(alerts.size() - 1).expiredLastHour() == 1 || !counted)
                .isTrue();
    }

    /** A success ends it; a status of the same instant tells nothing new. */
    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void pendingAfterItWasSent(long ms, long queued) {
        defer("m1", AT.minusSeconds(600));
        feed(EventClass.SEND, "m1", AT);
        feed(EventClass.PENDING, "m1", AT.plusMillis(ms));
        end(AT.plusSeconds(60));

        assertThat(agreed().connectors().get(connector()).queue().recipients()).isEqualTo(queued);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 1", "1, 1"})
    void deadlineOfWhatIsPending(long ms, long expired) {
        feed(EventClass.PENDING, "m1", AT);
        end(AT.plus(LIFETIME).plus(MARGIN).plusMillis(ms));

        Expected.Totals totals = agreed().connectors().get(connector());
        assertThat(totals.expired()).isEqualTo(expired);
        assertThat(totals.queue().recipients()).isEqualTo(1 - expired);
    }

    /** A late deferral that nobody remembers says something as long as it is younger than the horizon. */
    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void horizon(long ms, boolean young) {
        mark(AT);
        defer("m1", AT.minus(World.TIME.horizon()).plusMillis(ms));
        end(AT.plusSeconds(60));

        Expected expected = agreed();
        assertThat(expected.accounting().get(0)).isEqualTo(new Accounting(0, 0, 0, 1, 0));
        assertThat(expected.recipients()).hasSize(young ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void quietTimeAfterTheLastFailure(long ms, boolean resolved) {
        failing(AT);
        end(AT.plusSeconds(LAST_FAILURE).plus(World.ALERTS.resolveAfter()).plusMillis(ms));

        assertThat(told(Publication.RESOLVED)).hasSize(resolved ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void quietTimeAfterTheQueueWasEmpty(long ms, boolean resolved) {
        Instant emptied = AT.plus(Duration.ofMinutes(70));
        for (int i = 0; i < World.ALERTS.backlogWarning(); i++) {
            defer("m" + i, AT);
            feed(EventClass.SEND, "m" + i, emptied);
        }
        input.sort(Comparator.comparing(Fed::producedAt));
        end(emptied.plus(World.ALERTS.resolveAfter()).plusMillis(ms));

        assertThat(told(Publication.RESOLVED)).hasSize(resolved ? 1 : 0);
    }

    /** After so long a pause, and no longer, the next failure begins another problem. */
    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void quietTimeBetweenTwoFailures(long ms, boolean oneProblem) {
        Instant later = AT.plus(World.ALERTS.resolveAfter()).plusMillis(ms);
        feed(EventClass.FAIL, "m0", AT);
        failing(later);
        end(later.plus(Duration.ofMinutes(6)));

        assertThat(told(Publication.OPENED))
                .extracting(Expected.Published::since)
                .containsExactly(oneProblem ? AT : later);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 1", "1, 1"})
    void repeat(long ms, int repeated) {
        Instant opens = AT.plus(Duration.ofMinutes(20));
        Instant repeats = opens.plus(World.ALERTS.repeatAfter());
        for (Instant at = AT; at.isBefore(repeats); at = at.plus(Duration.ofMinutes(5))) {
            feed(EventClass.FAIL, "failed " + at, at);
            feed(EventClass.SEND, "sent " + at, at.plusSeconds(1));
        }
        end(repeats.plusMillis(ms));

        List<Expected.Published> alerts = agreed().alerts();
        assertThat(alerts).hasSize(1 + repeated);
        assertThat(alerts.get(0).openedAt()).isEqualTo(opens);
        assertThat(alerts.get(repeated).publication())
                .isEqualTo(repeated == 0 ? Publication.OPENED : Publication.REPEATED);
    }

    /** More attempts fail than may, and not all: the connector is up. */
    private void failing(Instant from) {
        for (int i = 0; i <= LAST_FAILURE; i++) {
            feed(EventClass.FAIL, "failed " + i, from.plusSeconds(i));
        }
        feed(EventClass.SEND, "sent 1", from.plusSeconds(LAST_FAILURE));
        feed(EventClass.SEND, "sent 2", from.plusSeconds(LAST_FAILURE));
    }

    private List<Expected.Published> told(Publication publication) {
        return agreed().alerts().stream()
                .filter(alert -> alert.publication() == publication)
                .toList();
    }

    private Expected agreed() {
        Expected expected = new Oracle(World.TIME, World.ALERTS, World.REGISTRY).expect(input, 1);
        Observed observed = Program.run(World.CONFIG, World.REGISTRY, input, new Random(1));
        assertThat(OracleComparison.differences(observed, expected)).isEmpty();
        return expected;
    }

    private static Expected.Connector connector() {
        return new Expected.Connector("contoso", "to-onprem");
    }

    private void defer(String message, Instant at) {
        feed(EventClass.DEFER, message, at);
    }

    private void feed(EventClass type, String message, Instant at) {
        input.add(new Fed(0, at, event(type, message, at)));
    }

    private void mark(Instant progress) {
        input.add(new Fed(0, progress, new ProgressMark(progress)));
    }

    private void end(Instant at) {
        input.add(new Fed(0, at, new EndOfInput(at)));
    }

    private static MessageTraceEvent event(EventClass type, String message, Instant at) {
        String reply = switch (type) {
            case DEFER -> "450 4.4.317 Try later";
            case FAIL -> "550 5.1.1 User unknown";
            default -> null;
        };
        return new MessageTraceEvent(
                "contoso",
                at,
                type,
                type.name(),
                "SMTP",
                message,
                null,
                null,
                null,
                "ann@onprem.example",
                "sender.example",
                "to-onprem",
                ConnectorSource.ROW,
                reply,
                null,
                null,
                Platform.EXCHANGE_ONLINE,
                null);
    }
}
