package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Clue;
import io.mailflow.catalogue.Languages;
import io.mailflow.catalogue.MeasureWords;
import io.mailflow.catalogue.Situation;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AlertsInLanguagesTest {

    static final List<String> ALL = Languages.SHIPPED;

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final Catalogue CATALOGUE = Catalogue.shipped();

    @TempDir
    Path dir;

    @Test
    void anAlertReadsAsItDidInEnglish() {
        assertThat(new AlertText(CATALOGUE, "en").block(alert("en", AlertState.OPEN)))
                .isEqualTo("""
                        CRITICAL  contoso / To Berlin  450 4.4.316  Connection refused by mail.contoso.com (203.0.113.7)
                          meaning       The machine at the destination answered and refused the connection to the mail port.
                                        Messages wait in the queue.
                          since         2026-01-05 09:00 UTC; opened 2026-01-05 09:15
                          queue         as of 2026-01-05 12:00: 1,234 recipients; the first expires in 57 min (2026-01-05
                                        12:57); 12 within 1 hr, 40 within 4 hr; 3 expired in the last hour
                          why           - connector down (failed attempts in the last three 5-minute windows, none
                                          delivered: 1,400, limit 20)
                                        - failure rate (failing share of attempts in the last hour: 97%, limit 25%)
                                        - queue backlog (recipients queued longer than 1 hr: 900, limit 200)
                          servers       - mail.contoso.com [203.0.113.7], 1 failed attempt since failures last paused
                          last error    450 4.4.316 Connection refused
                          who acts      our administrator; cause: connection refused
                          likely        - The firewall in front of the server blocks the connections of the sending service
                                          (it began suddenly).
                        """ + tail("en"));
    }

    /** What follows the first likely cause. */
    private static String tail(String language) {
        String block = new AlertText(CATALOGUE, language).block(alert("en", AlertState.OPEN));
        return block.substring(block.indexOf("                - The server runs"));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everyLineIsInTheLanguageAndFitsTheTerminal(String language) {
        long before = CATALOGUE.fallbacks();
        AlertText text = new AlertText(CATALOGUE, language);
        assertThat(text.line(alert("en", AlertState.RESOLVED))).doesNotContainPattern("\\{[a-zA-Z]+}");
        assertThat(text.standing(alert("en", AlertState.OPEN))).doesNotContainPattern("\\{[a-zA-Z]+}");
        String page = text.block(
                alert("en", AlertState.OPEN), new Beside(text.connectorQueue(0, List.of(), null, NOON), "Berlin IT"));
        assertThat(page)
                .contains("To Berlin", "mail.contoso.com", "Test-NetConnection", "2026-01-05 12:00", "Berlin IT");
        assertThat(page).doesNotContainPattern("\\{[a-zA-Z]+}");
        assertThat(page).doesNotContainPattern("[0-9]\\p{IsHan}|\\p{IsHan}[0-9]");
        assertThat(CATALOGUE.fallbacks()).isEqualTo(before);
        // Commands and addresses stay whole, so that they can be copied.
        assertThat(page.lines().skip(1).filter(line -> !line.matches(" {9}\\S.*") && !line.contains("https://")))
                .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(104));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void linesAboutAlertsHaveTheirColumnsBelowEachOther(String language) {
        AlertText text = new AlertText(CATALOGUE, language);
        List<Alert> alerts = Stream.of(Publication.values())
                .map(publication -> published(alert("en", AlertState.OPEN), publication))
                .toList();
        assertThat(alerts.stream().map(text::line).map(AlertsInLanguagesTest::connectorColumn))
                .containsOnly(connectorColumn(text.line(alerts.get(0))));
        List<String> lines = text.lines(alerts, 36);
        assertThat(lines.stream().map(AlertsInLanguagesTest::connectorColumn))
                .containsOnly(connectorColumn(lines.get(0)));
    }

    @Test
    void severalLinesTakeNoMoreRoomThanTheirWordsNeed() {
        Alert opened = published(alert("en", AlertState.OPEN), Publication.OPENED);
        assertThat(new AlertText(CATALOGUE, "en").lines(List.of(opened), 36).get(0))
                .startsWith("2026-01-05 12:00  opened  critical  contoso / To Berlin  450 4.4.316  ");
    }

    @Test
    void whatOnlySilenceSupportsIsCalledProvisional() {
        Alert alert = alert("en", AlertState.OPEN);
        assertThat(new AlertText(CATALOGUE, "en").line(alert)).doesNotContain("provisional");
        assertThat(new AlertText(CATALOGUE, "en").line(published(alert, Publication.OPENED, true)))
                .endsWith("connector down, failure rate, queue backlog (provisional)");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 132, 160})
    void paragraphsAreAsWideAsAskedFor(int width) {
        String page = new AlertText(CATALOGUE, "en", width).block(alert("en", AlertState.OPEN));
        int widest = page.lines()
                .skip(1)
                .filter(line -> !line.matches(" {9}\\S.*") && !line.contains("https://"))
                .mapToInt(DisplayWidth::of)
                .max()
                .orElseThrow();
        assertThat(widest).isBetween(width - 15, width);
    }

    private static int connectorColumn(String line) {
        return DisplayWidth.of(line.substring(0, line.indexOf("contoso")));
    }

    private static Alert published(Alert alert, Publication publication) {
        return published(alert, publication, false);
    }

    private static Alert published(Alert alert, Publication publication, boolean provisional) {
        return new Alert(
                alert.id(),
                alert.sequence(),
                alert.tenant(),
                alert.connector(),
                alert.code(),
                alert.state(),
                alert.severity(),
                alert.reasons(),
                publication,
                alert.since(),
                alert.openedAt(),
                alert.changedAt(),
                alert.resolvedAt(),
                alert.resolution(),
                provisional,
                alert.pageable(),
                alert.evidence(),
                alert.remediation());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void silenceIsMeasuredInTheLanguage(String language) {
        String measured = "fewest attempts in this hour of the week over the last 4 weeks, none now";
        String shown = new MeasureWords(CATALOGUE.texts(language))
                .comparison(
                        new Alert.Measure(Reason.CONNECTOR_SILENT, measured, 240, 20),
                        Instant.parse("2026-01-05T08:00:00Z"));
        assertThat(shown).contains("240", "20");
        assertThat(shown.contains(measured)).isEqualTo(language.equals("en"));
    }

    @ParameterizedTest
    @EnumSource
    void everyWordOfAnAlertHasItsText(Reason reason) {
        for (String language : ALL) {
            Alert alert = alert(language, AlertState.OPEN);
            assertThat(new AlertText(CATALOGUE, language).line(withReason(alert, reason)))
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void recordsAreRenderedInAnyLanguage(String language) throws IOException {
        Path file = dir.resolve("alerts.ndjson");
        Files.writeString(
                file,
                Json.MAPPER.writeValueAsString(alert("en", AlertState.OPEN)) + "\n\n"
                        + Json.MAPPER.writeValueAsString(alert("en", AlertState.RESOLVED)) + "\n");
        StringWriter out = new StringWriter();

        assertThat(run(out, new StringWriter(), "alerts", "render", "--lang", language, file.toString()))
                .isZero();

        AlertText text = new AlertText(CATALOGUE, language);
        assertThat(out.toString())
                .contains(text.block(alert(language, AlertState.OPEN)))
                .contains(text.line(alert(language, AlertState.RESOLVED)));
    }

    @Test
    void aLineThatIsNoAlertIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("alerts.ndjson"), "\n{\"id\":\n");
        StringWriter err = new StringWriter();
        assertThat(run(new StringWriter(), err, "alerts", "render", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("alerts.ndjson, line 2, column 1: expected alerts in JSON");
    }

    @Test
    void aLanguageThatIsNotThereIsWrongUsage() {
        StringWriter err = new StringWriter();
        assertThat(run(new StringWriter(), err, "explain", "--lang", "tlh", "450 4.4.316 Connection refused"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There are no texts in 'tlh'; the catalogue has en");
    }

    @Test
    void theCatalogueListsShowsAndChecksItself() {
        StringWriter out = new StringWriter();
        assertThat(run(out, new StringWriter(), "catalogue", "list")).isZero();
        assertThat(out.toString()).contains("connection-refused", "4.4.316", "any-other-code");
        StringWriter shown = new StringWriter();
        assertThat(run(shown, new StringWriter(), "catalogue", "show", "connection-refused", "--relation", "partner"))
                .isZero();
        assertThat(shown.toString()).contains("the remote organisation", "Ask the partner to open TCP port 25");
        StringWriter checked = new StringWriter();
        assertThat(run(checked, new StringWriter(), "catalogue", "check")).isZero();
        assertThat(checked.toString()).contains("all is well");
        assertThat(run(new StringWriter(), new StringWriter(), "catalogue", "show", "nothing"))
                .isEqualTo(2);
    }

    @Test
    void theCatalogueShowsWhatAnswersACode() {
        CommandRun entry = CommandRun.of("catalogue", "show", "connection-refused");
        assertThat(CommandRun.of("catalogue", "show", "450 4.4.316")).isEqualTo(entry);
        assertThat(CommandRun.of("catalogue", "show", "4.4.316")).isEqualTo(entry);

        CommandRun several = CommandRun.of("catalogue", "show", "451 4.7.0");
        assertThat(several.code()).isZero();
        assertThat(several.out())
                .startsWith("451 4.7.0 is answered, depending on the rest of the reply, by:")
                .contains("\ntemporary-authentication-failure ", "\ntls-channel-failed ")
                .contains("Show one with: mailflow catalogue show temporary-authentication-failure");

        CommandRun none = CommandRun.of("catalogue", "show", "4.9.9");
        assertThat(none.code()).isZero();
        assertThat(none.out()).startsWith("No entry lists 4.9.9;").contains("\nany-other-code ");

        assertThat(CommandRun.of("catalogue", "show", "nothing").errLines().get(0))
                .isEqualTo("ENTRY|CODE is 'nothing'; expected an entry that 'catalogue list' prints, or a code such as"
                        + " 4.4.316.");
    }

    @Test
    void coverageTellsWhatMetOnlyTheGenericEntry() {
        StringWriter out = new StringWriter();
        assertThat(run(
                        out,
                        new StringWriter(),
                        "catalogue",
                        "coverage",
                        Path.of("..", "docs", "samples", "MSGTRK-contoso.log").toString()))
                .isZero();
        assertThat(out.toString()).contains("failures with a reply, 0 of them (0.0%)", "target-communication-failed");
    }

    private static int run(StringWriter out, StringWriter err, String... arguments) {
        CommandLine mailflow = Mailflow.commandLine();
        mailflow.setOut(new PrintWriter(out));
        mailflow.setErr(new PrintWriter(err));
        return mailflow.execute(arguments);
    }

    private static Alert withReason(Alert alert, Reason reason) {
        return alert(alert.remediation(), AlertState.OPEN, List.of(reason));
    }

    private static Alert alert(String language, AlertState state) {
        Situation situation = Situation.of("450 4.4.316")
                .withCauses(List.of(new Situation.CauseCount("connection-refused", 10)))
                .withClues(Set.of(Clue.SUDDEN))
                .on("To Berlin", Relation.ON_PREMISES, null, "contoso.com")
                .at(new Destination("mail.contoso.com", "203.0.113.7", 25));
        return alert(
                CATALOGUE.remedy(situation, language),
                state,
                List.of(Reason.CONNECTOR_DOWN, Reason.FAILURE_RATE, Reason.QUEUE_BACKLOG));
    }

    private static Alert alert(Remediation remediation, AlertState state, List<Reason> reasons) {
        boolean open = state == AlertState.OPEN;
        @Nullable Instant resolved = open ? null : NOON;
        return new Alert(
                "41d6c1b0a2f34e5c8d7e6f5a4b3c2d1e",
                3,
                "contoso",
                "To Berlin",
                "450 4.4.316",
                state,
                Severity.CRITICAL,
                reasons,
                open ? Publication.ESCALATED : Publication.RESOLVED,
                Instant.parse("2026-01-05T09:00:00Z"),
                Instant.parse("2026-01-05T09:15:00Z"),
                NOON,
                resolved,
                open ? null : Resolution.RECOVERED,
                false,
                true,
                new Alert.Evidence(
                        "threshold-reached",
                        null,
                        new Alert.Window(NOON.minus(Duration.ofHours(1)), NOON),
                        new Alert.Counts(0, 1_400, 1_400),
                        List.of(
                                new Alert.Measure(
                                        Reason.CONNECTOR_DOWN,
                                        "failed attempts in the last three 5-minute windows, none delivered",
                                        1_400,
                                        20),
                                new Alert.Measure(
                                        Reason.FAILURE_RATE, "failing share of attempts in the last hour", 0.97, 0.25),
                                new Alert.Measure(
                                        Reason.QUEUE_BACKLOG, "recipients queued longer than PT1H", 900, 200)),
                        new Alert.Queue(
                                1_234,
                                Instant.parse("2026-01-05T09:00:00Z"),
                                Instant.parse("2026-01-05T12:57:00Z"),
                                List.of(new Expiring(1, 12), new Expiring(4, 40)),
                                3),
                        List.of(),
                        List.of(new Alert.FailingDestination("mail.contoso.com", "203.0.113.7", 1, null)),
                        List.of(new Alert.CauseCount("connection-refused", 1_400)),
                        "[{LED=450 4.4.316 Connection refused};{MSG=Socket error code 10061}]",
                        List.of("5f3c1a52"),
                        ConnectorType.SMART_HOST,
                        NOON,
                        Duration.ofSeconds(5)),
                remediation);
    }
}
