package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Terminal and report tell the same of an alert, as of the same instant. */
class BesideTest {

    private static final AlertText ENGLISH = new AlertText(Catalogue.shipped(), "en", 160);

    @Test
    void shouldTellTheTimeLeftAsOfOneInstantAndNameIt() throws IOException {
        Analysis analysis = analysis();
        Analysis later = new Analysis(
                analysis.input(),
                analysis.asOf().plus(Duration.ofMinutes(7)),
                analysis.connectors(),
                analysis.windows(),
                analysis.deliveries(),
                analysis.alerts(),
                analysis.alertEvents());
        String asOf = "the whole connector as of " + AlertText.minute(later.asOf()) + ": ";

        assertThat(queue(terminal(later))).startsWith(asOf).isEqualTo(queue(report(later)));
        assertThat(report(later)).contains("with what was true then");
    }

    @Test
    void shouldTellAnAlertOfTheLastMinuteAsItWasPublished() throws IOException {
        Alert alert = open(analysis());
        Analysis now = new Analysis(
                analysis().input(),
                alert.changedAt(),
                analysis().connectors(),
                analysis().windows(),
                analysis().deliveries(),
                analysis().alerts(),
                analysis().alertEvents());

        assertThat(queue(terminal(now)))
                .startsWith("as of " + AlertText.minute(alert.toldAt()) + ": ")
                .isEqualTo(queue(report(now)));
        assertThat(report(now)).doesNotContain("with what was true then");
    }

    @Test
    void shouldNameWhoeverAnswersForTheConnectorWhereItIsToldWhoActs() throws IOException {
        Analysis analysis = analysis();
        Alert alert = open(analysis);
        List<ConnectorEntry> registry = List.of(
                entry(alert.tenant(), "Another connector", "Porto IT"),
                entry(alert.tenant(), alert.connector(), "Lisbon IT \u202e<b>"));

        String told = "; responsible for the connector: Lisbon IT \\u{202E}";
        assertThat(printed(analysis, registry)).contains(told + "<b>").doesNotContain("Porto IT");
        assertThat(HtmlReport.of(analysis, registry, ENGLISH)).contains(told + "&lt;b&gt;");
        assertThat(printed(analysis, List.of())).doesNotContain("responsible");
    }

    private static ConnectorEntry entry(String tenant, String name, String owner) {
        return new ConnectorEntry(
                tenant,
                name,
                Direction.OUTBOUND,
                ConnectorType.SMART_HOST,
                null,
                List.of(),
                List.of(),
                null,
                owner,
                Map.of());
    }

    private static Alert open(Analysis analysis) {
        return analysis.alerts().stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .findFirst()
                .orElseThrow();
    }

    private static String terminal(Analysis analysis) {
        return printed(analysis, List.of());
    }

    private static String printed(Analysis analysis, List<ConnectorEntry> registry) {
        StringWriter out = new StringWriter();
        new AnalysisText(new PrintWriter(out), Catalogue.shipped(), "en", 400).print(analysis, registry);
        return out.toString();
    }

    private static String report(Analysis analysis) throws IOException {
        return HtmlReport.of(analysis, List.of(), ENGLISH);
    }

    /** What follows the label, up to the end of the line or of the element. */
    private static String queue(String page) {
        return Pattern.compile("(?:^ {2}|<dt>)queue(?: now)?(?:</dt><dd>| +)([^<\n]+)", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Analysis analysis() throws IOException {
        try (InputStream json = Analysis.class.getResourceAsStream("samples/analysis.full.json")) {
            JsonNode sample = Json.MAPPER.readTree(Objects.requireNonNull(json));
            return Json.MAPPER.treeToValue(sample, Analysis.class);
        }
    }
}
