package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.alerting.ConnectorView;
import io.mailflow.alerting.HourWindow;
import io.mailflow.alerting.Samples;
import io.mailflow.catalogue.Clue;
import io.mailflow.catalogue.Situation;
import io.mailflow.config.AlertSettings;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertSituationTest {

    private static final String CODE = "450 4.4.317";
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void fillsWhatTheAlertKnows() {
        ConnectorEntry entry = new ConnectorEntry(
                "contoso",
                "To Berlin",
                Direction.OUTBOUND,
                ConnectorType.SMART_HOST,
                Relation.ON_PREMISES,
                List.of(),
                List.of("*.contoso.com", "contoso.com"),
                null,
                null,
                Map.of(),
                List.of(),
                Platform.EXCHANGE_SERVER,
                null);
        Samples samples = new Samples(
                List.of(),
                List.of("5f3c1a52"),
                List.of(),
                "SubjectMismatch Expected Subject: mail.contoso.com. Presented Subject: CN=ex01.");

        Situation situation =
                AlertSituation.of(Situation.of(CODE), view(0, 50, 50), samples, Optional.of(entry), since(10));

        assertThat(situation.connector()).isEqualTo("To Berlin");
        assertThat(situation.relation()).isEqualTo(Relation.ON_PREMISES);
        assertThat(situation.platform()).isEqualTo(Platform.EXCHANGE_SERVER);
        assertThat(situation.domain()).isEqualTo("contoso.com");
        assertThat(situation.messageId()).isEqualTo("5f3c1a52");
        assertThat(situation.certificate().expected()).contains("mail.contoso.com");
    }

    @Test
    void allAtOnceIsSuddenAndEveryDestination() {
        assertThat(AlertSituation.clues(view(0, 50, 50), CODE, since(10)))
                .containsExactlyInAnyOrder(Clue.ALL_DESTINATIONS, Clue.SUDDEN);
    }

    @Test
    void aPartThatFailsForAnHourCreepsAndIsNotEveryDestination() {
        assertThat(AlertSituation.clues(view(60, 40, 40), CODE, since(60)))
                .containsExactlyInAnyOrder(Clue.ONE_DESTINATION, Clue.CREEPING);
    }

    @Test
    void otherCodesCount() {
        assertThat(AlertSituation.clues(view(0, 50, 30), CODE, since(10))).contains(Clue.OTHER_CODES);
    }

    @Test
    void whatBeganLongAgoIsNeitherSuddenNorCreeping() {
        assertThat(AlertSituation.clues(view(0, 50, 50), CODE, since(600))).containsExactly(Clue.ALL_DESTINATIONS);
    }

    private static Instant since(int minutesBefore) {
        return NOON.minus(Duration.ofMinutes(minutesBefore));
    }

    private static ConnectorView view(long delivered, long failed, long withCode) {
        TreeMap<String, Long> byCode = new TreeMap<>(Map.of(CODE, withCode));
        if (failed > withCode) {
            byCode.put("450 4.4.315", failed - withCode);
        }
        io.mailflow.alerting.Traffic hour =
                new io.mailflow.alerting.Traffic(NOON.minus(Duration.ofHours(1)), NOON, delivered, byCode);
        HourWindow none = new HourWindow(NOON, 0, 0, 0, new TreeMap<>());
        return new ConnectorView(
                "contoso",
                "To Berlin",
                NOON,
                ConnectorType.SMART_HOST,
                Relation.ON_PREMISES,
                AlertSettings.DEFAULT,
                hour,
                hour,
                none,
                none,
                new TreeMap<>(),
                null,
                NOON,
                new TreeMap<>(),
                new TreeMap<>(),
                null,
                null);
    }
}
