package io.mailflow.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.JoinedBy;
import io.mailflow.schema.Incident.Member;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncidentsTest {

    private final Incidents incidents = new Incidents();

    @Test
    void shouldOpenAnIncidentWithTheIdOfItsFirstAlert() {
        Alert alert = Alerts.on("To head office", "mail.contoso.example").open(Severity.HIGH);

        Incident incident = fold(alert);

        assertThat(incident.id()).isEqualTo(alert.id());
        assertThat(incident.sequence()).isEqualTo(1);
        assertThat(incident.state()).isEqualTo(AlertState.OPEN);
        assertThat(incident.openedAt()).isEqualTo(Alerts.OPENED);
        assertThat(incident.since()).isEqualTo(alert.since());
        assertThat(incident.episodes()).extracting(Member::joinedBy).containsExactly(JoinedBy.OPENED);
    }

    @Test
    void shouldJoinAnotherCodeOfTheSameConnector() {
        fold(Alerts.on("To head office", "").open(Severity.HIGH));

        Incident incident =
                fold(Alerts.on("To head office", "").withCode("451 4.4.395").open(Severity.CRITICAL));

        assertThat(incident.episodes())
                .extracting(Member::joinedBy)
                .containsExactly(JoinedBy.OPENED, JoinedBy.SAME_CONNECTOR);
        assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void shouldJoinAnotherConnectorThatFailsAtTheSameDestinationInAnySpelling() {
        fold(Alerts.on("To head office", "mail.contoso.example").open(Severity.HIGH));

        Incident incident = fold(Alerts.on("Backup", "MAIL.contoso.example").open(Severity.HIGH));

        assertThat(incident.episodes())
                .extracting(Member::joinedBy)
                .containsExactly(JoinedBy.OPENED, JoinedBy.SAME_DESTINATION);
    }

    /** However many connectors fail at one filter, the record of an incident has to fit the topic. */
    @Test
    void shouldBeginAnotherIncidentWhenOneIsFull() {
        Set<String> ids = new HashSet<>();
        Incident last = null;
        for (int i = 0; i <= IncidentFold.MOST_EPISODES; i++) {
            last = fold(Alerts.on("Connector " + i, "filter.contoso.example").open(Severity.HIGH));
            ids.add(last.id());
        }

        assertThat(ids).hasSize(2);
        assertThat(Objects.requireNonNull(last).episodes())
                .extracting(Member::joinedBy)
                .containsExactly(JoinedBy.OPENED);
        assertThat(fold(Alerts.on("One more", "filter.contoso.example").open(Severity.HIGH))
                        .id())
                .isEqualTo(last.id());
    }

    @Test
    void shouldListOnlyTheFirstOfManyEpisodes() {
        Incident incident = null;
        for (int i = 1; i <= 23; i++) {
            incident =
                    fold(Alerts.on("Connector " + i, "filter.contoso.example").open(Severity.HIGH));
        }

        assertThat(Annotations.of(
                                Objects.requireNonNull(incident),
                                null,
                                Catalogue.shipped().texts("en"),
                                RouteSettings.DEFAULT)
                        .get("description"))
                .contains("\n- Connector 20, 450 4.4.316")
                .endsWith("\nand 3 more")
                .doesNotContain("Connector 21");
    }

    @Test
    void shouldKeepApartWhatSharesNothing() {
        fold(Alerts.on("To head office", "mail.contoso.example").open(Severity.HIGH));
        fold(Alerts.on("Partner Fabrikam", "mx.fabrikam.example").open(Severity.HIGH));
        fold(Alerts.on("Internet mail", "").open(Severity.HIGH));
        fold(Alerts.on("Catch-all", "").open(Severity.HIGH));

        assertThat(incidents.open()).isEqualTo(4);
    }

    @Test
    void shouldKeepTenantsApart() {
        fold(Alerts.on("To head office", "mail.contoso.example").open(Severity.HIGH));
        fold(Alerts.on("To head office", "mail.contoso.example")
                .ofTenant("tailspin")
                .open(Severity.HIGH));

        assertThat(incidents.open()).isEqualTo(2);
    }

    @Test
    void shouldNotJoinWhatIsOnlySharedWithAnEpisodeThatIsOver() {
        Alerts headOffice = Alerts.on("To head office", "mail.contoso.example");
        Alerts backup = Alerts.on("Backup", "mail.contoso.example");
        fold(headOffice.open(Severity.HIGH));
        fold(backup.open(Severity.HIGH));
        fold(headOffice.resolve());

        Incident later = fold(Alerts.on("To head office", "other.contoso.example")
                .openedAt(Alerts.OPENED.plus(Duration.ofHours(3)))
                .open(Severity.HIGH));

        assertThat(later.episodes()).hasSize(1);
        assertThat(incidents.open()).isEqualTo(2);
    }

    @Test
    void shouldStayWhereItJoinedWhenTwoIncidentsComeToShareADestination() {
        Alerts headOffice = Alerts.on("To head office", "mail.contoso.example");
        fold(headOffice.open(Severity.HIGH));
        Incident other = fold(Alerts.on("Backup", "backup.contoso.example").open(Severity.HIGH));

        Incident joined = fold(Alerts.on("Backup", "mail.contoso.example")
                .withCode("451 4.4.395")
                .open(Severity.HIGH));

        assertThat(joined.id())
                .as("the connector counts before the destination")
                .isEqualTo(other.id());
        assertThat(fold(headOffice.escalate(Severity.CRITICAL)).episodes()).hasSize(1);
        assertThat(incidents.open()).isEqualTo(2);
    }

    @Test
    void shouldPreferTheIncidentThatOpenedFirst() {
        Incident first = fold(Alerts.on("A", "mail.contoso.example").open(Severity.HIGH));
        fold(Alerts.on("B", "backup.contoso.example")
                .openedAt(Alerts.OPENED.minusSeconds(60))
                .open(Severity.HIGH));
        Alerts both = Alerts.on("C", "mail.contoso.example");

        assertThat(fold(both.open(Severity.HIGH)).id()).isEqualTo(first.id());
    }

    @Test
    void shouldResolveWithItsLastOpenEpisodeAndKeepItsSeverity() {
        Alerts headOffice = Alerts.on("To head office", "mail.contoso.example");
        Alerts backup = Alerts.on("Backup", "mail.contoso.example");
        fold(headOffice.open(Severity.CRITICAL));
        fold(backup.open(Severity.WARNING));

        assertThat(fold(headOffice.resolve()).state()).isEqualTo(AlertState.OPEN);
        Incident over = fold(backup.resolve());

        assertThat(over.state()).isEqualTo(AlertState.RESOLVED);
        assertThat(over.resolvedAt()).isEqualTo(Alerts.OPENED.plusSeconds(60));
        assertThat(over.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(incidents.open()).isZero();
        assertThat(incidents.unsettled()).as("nobody was told").isEmpty();
    }

    @Test
    void shouldChangeNothingWhenHistoryIsReadAgainAlsoAfterItIsOver() {
        Alerts life = Alerts.on("To head office", "mail.contoso.example");
        List<Alert> history = List.of(life.open(Severity.HIGH), life.escalate(Severity.CRITICAL), life.resolve());
        history.forEach(this::fold);

        assertThat(history.stream().flatMap(alert -> incidents.fold(alert).stream()))
                .isEmpty();
    }

    @Test
    void shouldGoOnFromWhatWasKept() {
        Alerts life = Alerts.on("To head office", "mail.contoso.example");
        Alert opened = life.open(Severity.HIGH);
        Incident kept = fold(opened);
        Incidents restored = new Incidents();
        restored.put(kept);

        assertThat(restored.fold(opened)).isEmpty();
        assertThat(restored.fold(life.resolve())).get().extracting(Incident::id).isEqualTo(kept.id());
    }

    @Test
    void shouldAnswerTheSameForTheSameInput() {
        Alerts a = Alerts.on("A", "mail.contoso.example");
        Alerts b = Alerts.on("B", "mail.contoso.example");
        List<Alert> input =
                List.of(a.open(Severity.HIGH), b.open(Severity.WARNING), a.escalate(Severity.CRITICAL), b.resolve());
        Incidents other = new Incidents();

        assertThat(input.stream().map(this::fold).toList())
                .isEqualTo(input.stream()
                        .flatMap(alert -> other.fold(alert).stream())
                        .toList());
    }

    @Test
    void shouldLeaveOutTheEndOfWhatNobodySawBegin() {
        assertThat(incidents.fold(Alerts.on("A", "").resolve())).isEmpty();
    }

    @Test
    void shouldTakeAProvisionalAlertAgainOnceEventsConfirmIt() {
        Alerts silent = Alerts.on("To head office", "").provisional(true);
        fold(silent.open(Severity.WARNING));

        assertThat(incidents.fold(silent.again(Publication.OPENED))).isEmpty();
        assertThat(fold(silent.provisional(false).again(Publication.OPENED)).episodes())
                .extracting(Member::provisional)
                .containsExactly(false);
    }

    @Test
    void shouldTakeBackWhatSilenceHadRaisedAlsoUnderASmallerNumber() {
        Alerts alert = Alerts.on("To head office", "");
        fold(alert.open(Severity.WARNING));
        fold(alert.provisional(true).escalate(Severity.CRITICAL));

        Alert correction = alert.correct(Severity.WARNING);

        assertThat(fold(correction).episodes())
                .singleElement()
                .satisfies(episode -> assertThat(episode.severity()).isEqualTo(Severity.WARNING))
                .satisfies(episode -> assertThat(episode.sequence()).isEqualTo(1));
        assertThat(incidents.fold(correction)).as("the same again").isEmpty();
        assertThat(fold(alert.escalate(Severity.HIGH)).episodes())
                .extracting(Member::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void shouldNotReopenWhatIsOverWhenHistoryBecomesCurrentAgain() {
        Alerts alert = Alerts.on("To head office", "");
        fold(alert.notPageable().open(Severity.HIGH));
        Alert current = alert.becomeCurrent();
        fold(current);
        fold(alert.resolve());

        assertThat(incidents.fold(current)).isEmpty();
        assertThat(incidents.open()).isZero();
    }

    @Test
    void shouldRememberTheSeverityOfTheNewestPublicationThatMayPage() {
        Alerts alert = Alerts.on("To head office", "");

        assertThat(Stream.of(
                                alert.notPageable().open(Severity.WARNING),
                                alert.pageable().escalate(Severity.HIGH),
                                alert.notPageable().escalate(Severity.CRITICAL),
                                alert.becomeCurrent())
                        .map(this::fold)
                        .map(incident ->
                                String.valueOf(incident.episodes().get(0).paged())))
                .containsExactly("null", "HIGH", "HIGH", "CRITICAL");
    }

    private Incident fold(Alert alert) {
        return incidents.fold(alert).orElseThrow();
    }
}
