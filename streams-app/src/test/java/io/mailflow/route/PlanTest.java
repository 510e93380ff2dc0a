package io.mailflow.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.RouteSettings;
import io.mailflow.route.Plan.Kind;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Labels;
import io.mailflow.schema.Incident.Page;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:30:00Z");
    private static final String ALERTMANAGER = "http://alertmanager.contoso.example:9093";

    private final Incidents incidents = new Incidents();
    private final Alerts alert = Alerts.on("To head office", "mail.contoso.example");
    private @Nullable Page told;

    @Test
    void shouldFireOnceSomebodyMayBePaged() {
        Plan plan = plan(alert.open(Severity.HIGH));

        assertThat(plan.kind()).isEqualTo(Kind.NEWS);
        assertThat(plan.firing())
                .isEqualTo(new Labels(
                        "MailFlowIncident",
                        "northwind",
                        "To head office",
                        "450 4.4.316",
                        Severity.HIGH,
                        alert.id(),
                        "our-admin"));
        assertThat(plan.ending()).isNull();
    }

    @Test
    void shouldSayNothingOfWhatIsNotPageable() {
        assertThat(plan(alert.notPageable().open(Severity.CRITICAL)).kind()).isEqualTo(Kind.NOTHING);
        assertThat(plan(alert.resolve()).kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void shouldOnlyRefreshWhatItWasTold() {
        tell(alert.open(Severity.HIGH));

        Plan plan = plan(Alerts.on("Backup", "mail.contoso.example").open(Severity.HIGH));

        assertThat(plan.kind()).isEqualTo(Kind.REFRESH);
        assertThat(plan.ending()).isNull();
    }

    @Test
    void shouldEndTheOldLabelsInTheCallThatFiresTheNewOnesWhenItGetsWorse() {
        tell(alert.open(Severity.WARNING));

        Plan plan = plan(Alerts.on("Backup", "mail.contoso.example").open(Severity.CRITICAL));

        assertThat(plan.kind()).isEqualTo(Kind.NEWS);
        assertThat(severity(plan.ending())).isEqualTo(Severity.WARNING);
        assertThat(severity(plan.firing())).isEqualTo(Severity.CRITICAL);
        assertThat(Objects.requireNonNull(plan.firing()).connector())
                .as("the connector stays that of the first")
                .isEqualTo("To head office");
    }

    @Test
    void shouldWaitWithAnEscalationThatIsNotPageable() {
        tell(alert.open(Severity.WARNING));

        assertThat(plan(alert.notPageable().escalate(Severity.CRITICAL)).kind()).isEqualTo(Kind.REFRESH);
        assertThat(severity(plan(alert.becomeCurrent()).firing())).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void shouldGoToWhoeverMustActNow() {
        tell(alert.open(Severity.HIGH));

        Plan plan = plan(alert.change(Owner.REMOTE_ORGANISATION));

        assertThat(Objects.requireNonNull(plan.ending()).owner()).isEqualTo("our-admin");
        assertThat(Objects.requireNonNull(plan.firing()).owner()).isEqualTo("remote-organisation");
    }

    @Test
    void shouldStayAsItIsWhenTheWorstEpisodeEndsBeforeTheOthers() {
        Alerts backup = Alerts.on("Backup", "mail.contoso.example");
        tell(alert.open(Severity.WARNING));
        tell(backup.open(Severity.CRITICAL));

        assertThat(plan(backup.resolve()).kind()).isEqualTo(Kind.REFRESH);
    }

    @Test
    void shouldEndWhatItWasToldAndThenSayNoMore() {
        tell(alert.open(Severity.HIGH));

        Plan plan = plan(alert.notPageable().resolve());
        assertThat(plan.firing()).isNull();
        assertThat(severity(plan.ending())).isEqualTo(Severity.HIGH);

        told = plan.told(ALERTMANAGER, NOW);
        assertThat(Plan.of(incidents.get(alert.id()).orElseThrow(), told, RouteSettings.DEFAULT)
                        .kind())
                .isEqualTo(Kind.NOTHING);
    }

    private Plan plan(Alert publication) {
        Incident incident = incidents.fold(publication).orElseThrow();
        return Plan.of(incident, told, RouteSettings.DEFAULT);
    }

    private void tell(Alert publication) {
        told = plan(publication).told(ALERTMANAGER, NOW);
    }

    private static @Nullable Severity severity(@Nullable Labels labels) {
        return labels == null ? null : labels.severity();
    }
}
