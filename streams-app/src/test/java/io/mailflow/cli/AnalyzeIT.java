package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code analyze} from file to report on the embedded broker. The inputs and the numbers they must lead to stand under
 * {@code src/test/resources/io/mailflow/analyze}; the numbers were computed by hand from the meaning of the rows.
 */
class AnalyzeIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Publications whose minute the thresholds alone decide. */
    private static final Set<String> RISING = Set.of("opened", "escalated", "repeated");

    @TempDir
    private Path folder;

    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream besideTheReport = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(besideTheReport, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void nothingBesideTheReport() {
        System.setOut(standardOutput);
        assertThat(besideTheReport.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /**
     * Tracking logs of 30, 27 and 26 columns: whose status is whose, what is an attempt, what closes, what expires. The
     * third file is there four times: plain, gzip, zip and UTF-16LE without a mark.
     */
    @Test
    void trackingLogs() throws Exception {
        Path input = copy("server-logs");
        recode(input.resolve("MSGTRK2013.LOG"), Charset.forName("windows-1252"));
        Path old = input.resolve("MSGTRK2010.LOG");
        gzip(old, input.resolve("MSGTRK2010-a.LOG.gz"));
        zip(old, input.resolve("MSGTRK2010-b.zip"));
        Files.copy(old, input.resolve("MSGTRK2010-c.LOG"));
        recode(input.resolve("MSGTRK2010-c.LOG"), StandardCharsets.UTF_16LE);

        CommandRun run = CommandRun.of("analyze", "--json", input.toString());

        assertAnalysis(run, "server-logs");
        assertThat(run.err())
                .as("broken rows are named by file and line")
                .containsPattern("MSGTRK20260105-1\\.LOG\\D+28\\b.*columns")
                .containsPattern("MSGTRK20260105-1\\.LOG\\D+29\\b.*2026-13-05");
    }

    /** Every format of Exchange Online and our own, of four tenants; the final clock lies before the last event. */
    @Test
    void cloudTraces() throws Exception {
        Path input = copy("cloud-traces");
        recode(input.resolve("extended.csv"), StandardCharsets.UTF_16LE);
        Path messages = folder.resolve("messages.csv");

        CommandRun run = CommandRun.of(
                "analyze",
                "--json",
                "--as-of",
                "2026-01-06T09:00:00Z",
                "--connectors",
                resource("cloud-traces").resolve("connectors.yaml").toString(),
                "--messages",
                messages.toString(),
                input.toString());

        assertAnalysis(run, "cloud-traces");
        assertThat(run.err()).containsPattern("canonical\\.ndjson\\D+3\\b");
        List<String> listed = Files.readAllLines(messages);
        assertThat(listed).hasSize(1 + 11 + 3);
        assertThat(row(listed, "s1@late.example"))
                .contains("expired", "Branch Link", "450 4.4.316", "2026-01-05T08:30:00Z", "2026-01-06T08:30:00Z");
        assertThat(row(listed, "s2@late.example"))
                .contains(
                        "queued", "Branch Link", "450 4.4.312", "2026-01-05T08:30:00.001Z", "2026-01-06T08:30:00.001Z");
        assertThat(row(listed, "s3@late.example")).contains("queued", "2026-01-05T20:00:00Z", "2026-01-06T20:00:00Z");
        assertThat(row(listed, "s5@late.example")).contains("expired", "450 4.4.316", "2026-01-05T06:00:00Z");
        assertThat(row(listed, "s6@late.example")).contains("expired", "Branch Link", "550 5.4.300");
        assertThat(row(listed, "r1@legacy.contoso.example"))
                .contains("queued", "Contoso On-Prem", "450 4.4.317", "2026-01-06T06:00:40Z", "2026-01-07T06:00:40Z");
        assertThat(row(listed, "r2@legacy.contoso.example"))
                .contains("queued", "Contoso On-Prem", "none", "2026-01-06T05:00:00Z");
        assertThat(row(listed, "r6@nowhere.example")).contains("queued", "unknown", "none");
        assertThat(row(listed, "z3@partner.example")).contains("Fabrikam Partner", "2026-01-06T04:30:00.123Z");
    }

    /**
     * Two days with a smart host down, a failure rate, a backlog and recipients that run out of time, each beside a twin
     * that stays just below the threshold, and one dead remote domain that is nobody's alert.
     */
    @Test
    void incidents() throws Exception {
        CommandRun run = CommandRun.of(
                "analyze",
                "--json",
                "--as-of",
                "2026-01-07T19:00:00Z",
                "--connectors",
                resource("incidents").resolve("connectors.json").toString(),
                copy("incidents").toString());

        JsonNode analysis = assertAnalysis(run, "incidents");
        assertThat(analysis.get("alerts")).allSatisfy(alert -> {
            assertThat(alert.get("remediation").get("title").asText()).isNotBlank();
            assertThat(alert.get("remediation").get("steps")).isNotEmpty();
            assertThat(alert.get("evidence").get("sampleMessageIds")).isNotEmpty();
            assertThat(alert.toString()).as("no address leaves in an alert").doesNotContain("@");
        });
        ArrayNode risen = JSON.createArrayNode();
        analysis.get("alertEvents").forEach(event -> {
            if (RISING.contains(event.get("publication").asText())) {
                risen.add(event);
            }
        });
        JsonNode expected = JSON.readTree(
                resource("incidents").resolve("expected-events.json").toFile());
        assertThat(String.join("\n", Expectation.differences(expected, risen))).isEmpty();
        assertThat(analysis.get("alertEvents"))
                .as("what has expired is said in its minute")
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("\"Slow Out\"", "2026-01-07T15:31:00Z", "messages-expired"))
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("\"DC Relay\"", "2026-01-07T15:33:00Z", "messages-expired"));
    }

    /** {@code --lifetime} replaces the default of the format; {@code --tenant} names whose mail it is. */
    @Test
    void options() throws Exception {
        CommandRun run = CommandRun.of(
                "analyze",
                "--json",
                "--tenant",
                "adatum",
                "--lifetime",
                "PT48H",
                "--as-of",
                "2026-01-07T08:30:00Z",
                copy("options").resolve("*.csv").toString());

        assertAnalysis(run, "options");
    }

    /** As the shell expands {@code docs/samples/*}: the log is analysed, the registry is one, the rest is told. */
    @Test
    void filesThatAreNoTraces() {
        Path samples = Path.of("..", "docs", "samples");
        String registry = samples.resolve("connectors.yaml").toString();
        String readme = samples.resolve("README.md").toString();

        CommandRun run = CommandRun.of(
                "analyze",
                samples.resolve("MSGTRK-contoso.log").toString(),
                readme,
                registry,
                "--connectors",
                registry);

        assertThat(run.code()).isEqualTo(Mailflow.FAILED);
        assertThat(run.out()).contains("85 rows read, 0 unreadable", "responsible for the connector: Lisbon IT");
        assertThat(run.errLines()).last().asString().startsWith("Left out, for the reasons above: " + readme + ". ");
    }

    /** Without {@code --json} people read the same numbers. */
    @Test
    void textForPeople() throws Exception {
        CommandRun run = CommandRun.of(
                "analyze",
                "--tenant",
                "adatum",
                "--as-of",
                "2026-01-07T09:00:00Z",
                copy("options").resolve("extended.csv").toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("\\b5 rows\\b")
                .containsPattern("\\b5 events\\b.* 5 counted")
                .contains("2026-01-07 09:00", "450 4.4.316")
                .as("2 delivered, 3 failed; both expired after a day, and one of them was sent after all")
                .containsPattern("adatum / Partner Out +2 +3 +0 .* 1\\R");
    }

    /** Checks exit code and report, and that standard output holds nothing else. */
    private static JsonNode assertAnalysis(CommandRun run, String name) throws Exception {
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode expected =
                JSON.readTree(resource(name).resolve("expected.json").toFile());
        JsonNode actual = JSON.readTree(run.out());
        assertThat(run.out().strip()).startsWith("{").endsWith("}");
        JsonNode input = actual.get("input");
        assertThat(input.get("events").asLong())
                .as("every event is in exactly one place")
                .isEqualTo(input.get("counted").asLong()
                        + input.get("duplicates").asLong()
                        + input.get("notAttempts").asLong()
                        + input.get("late").asLong()
                        + input.get("afterAsOf").asLong());
        assertThat(String.join("\n", Expectation.differences(expected, actual))).isEmpty();
        return actual;
    }

    private static String row(List<String> lines, String recipient) {
        return lines.stream()
                .filter(line -> line.contains(recipient))
                .findFirst()
                .orElseThrow(() -> new AssertionError(recipient + " is not listed"));
    }

    /** The input of a case, copied so that it can be packed and re-encoded. */
    private Path copy(String name) throws IOException, URISyntaxException {
        Path target = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(resource(name).resolve("input"))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }

    private static Path resource(String name) throws URISyntaxException {
        URL url = Objects.requireNonNull(AnalyzeIT.class.getResource("/io/mailflow/analyze/" + name), name);
        return Path.of(url.toURI());
    }

    private static void recode(Path file, Charset charset) throws IOException {
        Files.writeString(file, Files.readString(file), charset);
    }

    private static void gzip(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
    }

    private static void zip(Path from, Path to) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            out.putNextEntry(new ZipEntry("logs/" + from.getFileName()));
            Files.copy(from, out);
            out.closeEntry();
        }
    }
}
