package io.mailflow.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.mailflow.cli.Mailflow;
import io.mailflow.serde.Json;
import io.mailflow.web.Browsing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code analyze --report} as a user gives it, and the file in a real browser. */
@Timeout(240)
class ReportIT {

    private static final String HOSTILE =
            "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script><style>*{display:none}</style>";

    @TempDir
    static Path directory;

    private static Path report;
    private static JsonNode analysis;

    private Browsing browsing;
    private Page page;

    @BeforeAll
    static void analyze() throws IOException {
        Path log = OutageLog.write(directory.resolve("MSGTRK2026010508-1.LOG"));
        Path connectors = OutageLog.writeConnectors(directory.resolve("connectors.yaml"));
        Path hostile = Files.writeString(
                directory.resolve("hostile.ndjson"),
                Json.MAPPER
                                .createObjectNode()
                                .put("tenant", "default")
                                .put("timestamp", "2026-01-05T09:30:00Z")
                                .put("event", "defer")
                                .put("messageId", "1@northwind.example")
                                .put("recipient", "petra.keller@contoso.example")
                                .put("connector", HOSTILE)
                                .put("reply", "451 4.7.0 " + HOSTILE)
                        + "\n");
        report = directory.resolve("report.html");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine mailflow =
                Mailflow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = mailflow.execute(
                "analyze",
                "--json",
                "--connectors=" + connectors,
                "--as-of=" + OutageLog.AS_OF,
                "--report=" + report,
                log.toString(),
                hostile.toString());
        assertThat(code).as("%s", err).isZero();
        analysis = Json.MAPPER.readTree(out.toString());
    }

    @BeforeEach
    void open() {
        browsing = Browsing.open(report.toUri().toString(), OutageLog.AS_OF);
        page = browsing.page();
    }

    @AfterEach
    void shouldHaveAskedForNothing() {
        List<String> wrong = browsing.wrong();
        browsing.close();
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldTellWhatTheAnalysisTells() {
        assertThat(page.locator("h1")).hasText("Mail flow report");
        assertThat(page.getByText("1 open alert", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        Locator alert = page.locator("article");
        JsonNode open = analysis.get("alerts").findParents("remediation").stream()
                .filter(one -> one.get("state").asText().equals("open"))
                .findFirst()
                .orElseThrow();
        JsonNode remediation = open.get("remediation");
        assertThat(alert.locator("h3"))
                .hasText(remediation.get("title").asText().replace(" (450 4.4.317)", ""));
        assertThat(alert.locator(".severity")).hasText("critical");
        assertThat(alert.locator("dt")).hasText(new String[] {
            "queue now",
            "who acts",
            "likely",
            "What to do",
            "takes effect",
            "verify",
            "give up",
            "read on",
            "published",
            "why",
            "servers"
        });
        assertThat(alert.locator(".steps li")).hasCount(remediation.get("steps").size());
        for (String command : remediation.get("steps").findValuesAsText("command")) {
            if (!command.equals("null")) {
                assertThat(alert.locator("pre", new Locator.LocatorOptions().setHasText(command)))
                        .isVisible();
            }
        }
        assertThat(alert.locator(".life li")).hasCount((int) analysis.get("alertEvents").findValuesAsText("id").stream()
                .filter(open.get("id").asText()::equals)
                .count());

        assertThat(row("Connectors", OutageLog.PARTNER))
                .hasText(new String[] {OutageLog.PARTNER, "0", "480", "40", "0", "40", "40", "40", "0"});
        assertThat(row("Over since", "Connection refused by mx1.contoso.example"))
                .hasText(new String[] {
                    "Connection refused by mx1.contoso.example (203.0.113.25)",
                    OutageLog.HEAD_OFFICE,
                    "450 4.4.316",
                    "high",
                    "2026-01-05 09:00",
                    "2026-01-05 11:01",
                    "recovered"
                });
    }

    /** The bars of a chart are the failures of its connector. */
    @Test
    void shouldDrawWhatFailed() {
        Locator charts = page.locator("figure", new Page.LocatorOptions().setHasText("Failed attempts by code"));
        assertThat(charts).hasCount(4);
        Locator bars = charts.first().locator("rect title");
        int sum = bars.allTextContents().stream()
                .mapToInt(text -> Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1)))
                .sum();
        assertThat(sum).isEqualTo(480);
        assertThat(page.locator("figure", new Page.LocatorOptions().setHasText("Queued recipients"))
                        .first()
                        .locator("rect"))
                .hasCount(1);
    }

    @Test
    void shouldShowHostileNamesAsText() throws IOException {
        assertThat(page.locator("h3", new Page.LocatorOptions().setHasText(HOSTILE)))
                .isVisible();
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.evaluate("document.querySelectorAll('img, script, body style, link').length"))
                .isEqualTo(0);
        assertThat(Files.readString(report, StandardCharsets.UTF_8)).doesNotContain("petra.keller");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 390"})
    void shouldKeepNobodyOut(ColorScheme scheme, int width) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, 900);

        assertThat(browsing.barriers()).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
    }

    @Test
    void shouldPrintBlackOnWhiteWhateverTheScreenHas() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(ground()).isNotEqualTo("rgb(255, 255, 255)");

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(ground()).isEqualTo("rgb(255, 255, 255)");
        assertThat(new String(page.pdf(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
    }

    private Object ground() {
        return page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    private Locator row(String section, String cell) {
        return page.locator("section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("h2", new Page.LocatorOptions().setHasText(section))))
                .locator(".wide")
                .first()
                .locator("tr", new Locator.LocatorOptions().setHasText(cell))
                .locator("td");
    }
}
