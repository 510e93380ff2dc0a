package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static io.mailflow.alerting.ViewBuilder.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Severity;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertAssemblerTest {

    private static final Remediation REMEDIATION =
            new Remediation("generic", null, Owner.OUR_ADMIN, "Mail waits", List.of(), List.of(), null, "Look again");
    private static final Samples SAMPLES = new Samples(
            List.of(new Alert.FailingDestination("mail.fabrikam.example", "192.0.2.10", 20, "450 4.4.316 refused")),
            List.of("5f7c2c1e-0000-4000-8000-000000000001"),
            List.of(new Alert.CauseCount("connection-refused", 20)),
            "450 4.4.316 refused");
    private static final QueueOutlook OUTLOOK = new QueueOutlook(
            List.of(new Expiring(1, 0), new Expiring(4, 0), new Expiring(12, 0), new Expiring(24, 7)),
            List.of(new Alert.Deadlines(at("6 08:00"), at("6 09:00"), 7)));

    @Test
    void tellsEverythingItWasDecidedOn() {
        ConnectorView view = ViewBuilder.smartHost()
                .down()
                .lastThree(0, Map.of(CODE, 20L, "450 4.4.317", 3L))
                .queued(7)
                .build();
        Alert alert = assemble(view, Duration.ofSeconds(31));

        assertThat(alert.id()).isEqualTo(EpisodeId.of("contoso", "Outbound to Datacentre", CODE, at("08:30")));
        assertThat(alert)
                .extracting(
                        Alert::sequence,
                        Alert::tenant,
                        Alert::connector,
                        Alert::code,
                        Alert::state,
                        Alert::severity,
                        Alert::reasons,
                        Alert::publication,
                        Alert::since,
                        Alert::openedAt,
                        Alert::changedAt,
                        Alert::resolvedAt,
                        Alert::resolution,
                        Alert::provisional,
                        Alert::pageable,
                        Alert::remediation)
                .containsExactly(
                        1,
                        "contoso",
                        "Outbound to Datacentre",
                        CODE,
                        AlertState.OPEN,
                        Severity.HIGH,
                        List.of(Reason.CONNECTOR_DOWN),
                        Publication.OPENED,
                        at("08:00"),
                        at("08:30"),
                        at("08:30"),
                        null,
                        null,
                        false,
                        true,
                        REMEDIATION);
        assertThat(alert.evidence())
                .isEqualTo(new Alert.Evidence(
                        "threshold-reached",
                        "5d0c7b91e2a44f38",
                        new Alert.Window(at("08:15"), at("08:30")),
                        new Alert.Counts(0, 23, 20),
                        List.of(
                                new Alert.Measure(
                                        Reason.CONNECTOR_DOWN,
                                        "failed attempts in the last three 5-minute windows, none delivered",
                                        23,
                                        20),
                                new Alert.Measure(
                                        Reason.CONNECTOR_DOWN,
                                        "failing messages in the current or previous hour",
                                        5,
                                        5)),
                        new Alert.Queue(7, at("08:00"), at("6 08:00"), OUTLOOK.expiring(), 0),
                        OUTLOOK.nextDeadlines(),
                        SAMPLES.destinations(),
                        SAMPLES.causes(),
                        "450 4.4.316 refused",
                        SAMPLES.messageIds(),
                        ConnectorType.SMART_HOST,
                        at("08:30:10"),
                        Duration.ofSeconds(31)));
    }

    @Test
    void theSchemaKnowsWhyADecisionIsPublished() throws IOException {
        Set<Why> held = EnumSet.range(Why.REASON_HOLDS, Why.MAINTENANCE);
        List<String> published = EnumSet.complementOf(EnumSet.copyOf(held)).stream()
                .map(Why::token)
                .toList();
        List<String> known = new ArrayList<>();
        try (InputStream schema = Alert.class.getResourceAsStream("/io/mailflow/schema/alert.schema.json")) {
            Json.MAPPER
                    .readTree(Objects.requireNonNull(schema))
                    .at("/$defs/why/enum")
                    .forEach(token -> known.add(token.asText()));
        }

        assertThat(known).containsExactlyElementsOf(published);
    }

    @Test
    void theWindowOfTheEvidenceEndsWithProgressAtTheLatest() {
        ConnectorView view = ViewBuilder.smartHost()
                .current(0, 5, Map.of(CODE, 5L))
                .failures("08:05", "08:20")
                .build();
        assertThat(assemble(view, Duration.ZERO).evidence().window())
                .isEqualTo(new Alert.Window(at("07:00"), at("08:30:10")));
    }

    @Test
    void anEmptyQueueIsSaidToBeEmpty() {
        Alert alert = assemble(ViewBuilder.smartHost().down().build(), Duration.ZERO);
        assertThat(alert.evidence().queue()).isEqualTo(new Alert.Queue(0, null, null, OUTLOOK.expiring(), 0));
    }

    @ParameterizedTest
    @CsvSource({"PT29M59.999S,true", "PT30M,true", "PT30M0.001S,false"})
    void pagesOnlyCloseToTheWallClock(Duration lag, boolean pageable) {
        assertThat(assemble(ViewBuilder.smartHost().down().build(), lag).pageable())
                .isEqualTo(pageable);
    }

    @Test
    void lagChangesNothingElse() {
        ConnectorView view = ViewBuilder.smartHost().down().build();
        Alert live = assemble(view, Duration.ZERO);
        Alert replayed = assemble(view, Duration.ofDays(400));
        assertThat(replayed)
                .usingRecursiveComparison()
                .ignoringFields("pageable", "evidence.lag")
                .isEqualTo(live);
    }

    private static Alert assemble(ConnectorView view, Duration lag) {
        Decision decision = new AlertPolicy()
                .decide(view, Map.of(), code -> new FirstCause(null, Owner.OUR_ADMIN))
                .get(0);
        return AlertAssembler.assemble(
                (Decision.Published) decision,
                view,
                SAMPLES,
                OUTLOOK,
                REMEDIATION,
                "5d0c7b91e2a44f38",
                new AlertAssembler.Known(at("08:30:10"), lag, false));
    }
}
