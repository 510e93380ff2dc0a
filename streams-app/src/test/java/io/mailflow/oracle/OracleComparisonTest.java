package io.mailflow.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Accounting;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.schema.Severity;
import io.mailflow.schema.WindowCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A comparison that finds nothing proves something only if it can find each thing. */
class OracleComparisonTest {

    private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");
    private static final Expected.Connector CONNECTOR = new Expected.Connector("contoso", "to-onprem");
    private static final Expected.Window WINDOW =
            new Expected.Window(CONNECTOR, "450 4.4.317", Duration.ofMinutes(5), AT);
    private static final Observed NOTHING =
            new Observed(Map.of(), List.of(), List.of(), List.of(), Optional.of(List.of()), Optional.of(List.of()));

    @Test
    void shouldFindNothingWhereBothAreTheSame() {
        WindowCount count = window(2, true);
        Observed observed =
                new Observed(Map.of(), List.of(count), List.of(), List.of(), Optional.empty(), Optional.empty());

        assertThat(OracleComparison.differences(observed, expected(Map.of(WINDOW, new Expected.Counts(0, 2, 1, 1)))))
                .isEmpty();
    }

    @Test
    void shouldFindAWindowThatIsMissingWrongOrNotFinal() {
        Expected expected = expected(Map.of(WINDOW, new Expected.Counts(0, 2, 1, 1)));

        assertThat(OracleComparison.differences(NOTHING, expected)).hasSize(1);
        assertThat(OracleComparison.differences(withWindow(window(3, true)), expected))
                .singleElement()
                .asString()
                .contains("attempts=2", "attempts=3");
        assertThat(OracleComparison.differences(withWindow(window(2, false)), expected))
                .singleElement()
                .asString()
                .contains("not final");
    }

    @Test
    void shouldFindAnAlertThatIsMissing() {
        Expected.Published alert = new Expected.Published(
                "id",
                1,
                CONNECTOR,
                "450 4.4.317",
                AlertState.OPEN,
                Severity.HIGH,
                List.of(Reason.CONNECTOR_DOWN),
                Publication.OPENED,
                AT,
                AT,
                AT,
                null,
                null,
                new Expected.Queue(0, null, null, List.of()),
                0);
        Expected expected = new Expected(AT, true, Map.of(), List.of(), Map.of(), Map.of(), List.of(), List.of(alert));

        assertThat(OracleComparison.differences(NOTHING, expected))
                .singleElement()
                .asString()
                .contains("contoso/to-onprem/450 4.4.317", "no more");
    }

    @Test
    void shouldFindWrongSumsConnectorsRecipientsAndLateEvents() {
        Expected.Totals totals = new Expected.Totals(
                1, 0, new TreeMap<>(), 0, new Expected.Queue(0, null, null, List.of()), 0, new TreeMap<>());
        RecipientStatus queued = new RecipientStatus(
                "contoso", "to-onprem", "none", RecipientStatus.State.QUEUED, AT, AT, "m1", "ann@onprem.example");
        Expected expected = new Expected(
                AT,
                true,
                Map.of(0, new Accounting(2, 0, 0, 0, 0)),
                List.of(),
                Map.of(),
                Map.of(CONNECTOR, totals),
                List.of(queued),
                List.of());
        Observed observed = new Observed(
                Map.of(0, new Accounting(1, 1, 0, 0, 0)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(List.of()));

        assertThat(OracleComparison.differences(observed, expected))
                .anyMatch(difference -> difference.startsWith("accounting of source 0"))
                .anyMatch(difference -> difference.startsWith("delivered of contoso/to-onprem"))
                .anyMatch(difference -> difference.startsWith("recipients: missing"));
    }

    private static Observed withWindow(WindowCount count) {
        return new Observed(Map.of(), List.of(count), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    private static Expected expected(Map<Expected.Window, Expected.Counts> windows) {
        return new Expected(AT, true, Map.of(), List.of(), windows, Map.of(), List.of(), List.of());
    }

    private static WindowCount window(long attempts, boolean isFinal) {
        return new WindowCount(
                "contoso",
                "to-onprem",
                "450 4.4.317",
                Duration.ofMinutes(5),
                AT,
                AT.plus(Duration.ofMinutes(5)),
                0,
                attempts,
                1,
                1,
                isFinal,
                1);
    }
}
