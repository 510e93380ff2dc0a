package io.mailflow.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Languages;
import io.mailflow.catalogue.Situation;
import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AnnotationsTest {

    static final List<String> ALL = Languages.SHIPPED;

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    private final Incidents incidents = new Incidents();
    private final NewestAlerts newest = new NewestAlerts(CATALOGUE);

    @Test
    void severalConnectorsOfOneIncidentAreSaidToFailTogether() {
        fold(alert("To Berlin", "en"));
        assertThat(annotations().get("description"))
                .contains("Likely: The mail server")
                .doesNotContain("(other connectors");

        fold(alert("To Hamburg", "en"));
        assertThat(annotations())
                .containsEntry(
                        "summary",
                        "To Berlin and To Hamburg: Connection to mail.contoso.com timed out (450 4.4.315);"
                                + " 412 recipients queued; the next expires 2026-01-06 08:02 UTC");
        assertThat(annotations().get("description")).isEqualToNormalizingNewlines("""
                        connector down, expiry risk; attempts since 2026-01-05 08:00 UTC: 1,250 failed, 3 delivered.
                        Who acts: our administrator
                        Likely: The mail server, or the internet line in front of it, is down (other connectors fail at the same destination).
                        Failing since 2026-01-05 08:16 UTC:
                        - To Berlin, 450 4.4.315
                        - To Hamburg, 450 4.4.315""");
    }

    /** Nothing but names and values of the facts is left of what English would say. */
    @ParameterizedTest
    @FieldSource("ALL")
    void everyAnnotationIsInTheLanguageOfTheAlert(String language) {
        fold(alert("To Berlin", language));
        fold(alert("To Hamburg", language));
        fold(alert("To Oslo", language));
        Map<String, String> english = inEnglish();
        annotations().forEach((name, value) -> {
            assertThat(value).doesNotContain("{", "}");
            if (!language.equals("en") && !name.equals("deadline")) {
                assertThat(value).isNotEqualTo(english.get(name));
                assertThat(value).doesNotContain("queued", "Likely", "Failing", "Verify", "more", " and ", "attempts");
            }
        });
    }

    private Map<String, String> inEnglish() {
        Incident incident = incidents.unsettled().get(0);
        Alert worst = newest.worst(incident);
        return Annotations.of(
                incident,
                worst == null ? null : worst.withRemediation(CATALOGUE.in("en", worst.remediation())),
                CATALOGUE.texts("en"),
                RouteSettings.DEFAULT);
    }

    private Map<String, String> annotations() {
        Incident incident = incidents.unsettled().get(0);
        Alert worst = newest.worst(incident);
        return new HashMap<>(Annotations.of(incident, worst, newest.texts(worst), RouteSettings.DEFAULT));
    }

    private void fold(Alert alert) {
        incidents.fold(alert);
        newest.put(alert);
    }

    private static Alert alert(String connector, String language) {
        Situation situation = Situation.of("450 4.4.315")
                .withCauses(List.of(new Situation.CauseCount("connection-timed-out", 9)))
                .at(new Destination("mail.contoso.com", null, 25));
        return Alerts.on(connector, "mail.contoso.com")
                .withCode("450 4.4.315")
                .open(Severity.HIGH)
                .withRemediation(CATALOGUE.remedy(situation, language));
    }
}
