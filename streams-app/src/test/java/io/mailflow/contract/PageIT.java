package io.mailflow.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.WebSettings;
import io.mailflow.format.ConnectorFile;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Keys;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.Records;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Feed;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.runtime.WebSide;
import io.mailflow.topology.MailflowTopology;
import io.mailflow.web.Browsing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, on a real broker with the whole stream before it. */
@Timeout(300)
class PageIT {

    private static final Pattern DOWN = Pattern.compile("down");

    /** By the fragment of its address, the heading of each view. */
    private static final Map<String, String> VIEWS = Map.of(
            "", "Connectors",
            "connectors/default/To%20Fabrikam", OutageLog.PARTNER,
            "alerts", "Alerts",
            "explain", "Explain an error",
            "capacity", "Capacity",
            "pipeline", "Pipeline");

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Pipeline pipeline;
    private static Router router;
    private static WebSide web;
    private static KafkaProducer<String, byte[]> outputs;

    private Browsing browsing;
    private Page page;

    @BeforeAll
    static void tellTheDay() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        MailflowConfig config = MailflowConfig.DEFAULT
                .withKafka(KafkaSettings.DEFAULT
                        .withBootstrapServers(broker.bootstrapServers())
                        .withStateDir(directory.resolve("state")))
                .withWeb(WebSettings.DEFAULT.withPort(0));
        TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
        Path connectors = OutageLog.writeConnectors(directory.resolve("connectors.yaml"));
        Clients.publish(config.kafka(), ConnectorFile.read(connectors, "default"));
        pipeline = Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
        router = Clients.router(config);
        web = WebSide.start(config, pipeline, router);
        Path log = OutageLog.write(directory.resolve("MSGTRK2026010508-1.LOG"));
        try (InputSpool input = Inputs.read(
                        List.of(log.toString()), ReadOptions.defaults().withTempDir(directory));
                TraceProducer producer = Clients.traceProducer(config)) {
            Feed.everything(input, producer);
            producer.endOfInput(OutageLog.AS_OF);
            producer.flush();
        }
        outputs = new KafkaProducer<>(
                Clients.settings(config.kafka()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void close() throws IOException {
        outputs.close(Duration.ofSeconds(10));
        web.close();
        router.close();
        pipeline.close();
        broker.close();
    }

    @BeforeEach
    void openTheOverview() {
        browsing = Browsing.open(web.url(), OutageLog.AS_OF);
        page = browsing.page();
        assertThat(row(OutageLog.PARTNER).locator(".badge")).hasText(DOWN);
    }

    @AfterEach
    void shouldHaveBroughtNothingUnwanted() {
        List<String> wrong = browsing.wrong();
        browsing.close();
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldShowWhatIsNewWithoutReload() {
        page.evaluate("window.notReloaded = true");
        assertThat(row("To Tailspin")).hasCount(0);

        publishHealth("To Tailspin", 3);
        assertThat(row("To Tailspin").locator(".c-queued")).hasText("3");
        publishHealth("To Tailspin", 4711);
        assertThat(row("To Tailspin").locator(".c-queued")).hasText("4,711");

        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
    }

    @Test
    void shouldFilter() {
        page.getByLabel("Connector or organisation").fill("fabrikam");
        assertThat(names()).hasText(new String[] {OutageLog.PARTNER});
        assertThat(page).hasURL(Pattern.compile("q=fabrikam"));
        page.reload();
        assertThat(names()).hasText(new String[] {OutageLog.PARTNER});

        page.getByLabel("Connector or organisation").fill("nowhere to be found");
        assertThat(page.getByText("No connector matches.")).isVisible();
        assertThat(page.locator(".alert-line")).hasCount(0);

        page.getByLabel("Connector or organisation").fill("");
        page.getByRole(AriaRole.CHECKBOX, named("down")).check();
        assertThat(names()).hasText(new String[] {OutageLog.PARTNER});
        assertThat(page.locator(".alert-line .where a")).hasText(new String[] {OutageLog.PARTNER});
        page.getByRole(AriaRole.CHECKBOX, named("down")).uncheck();
        assertThat(row(OutageLog.INTERNET)).isVisible();

        // Alerts belong to connectors that are down or alerting: where only others are asked for, there is none.
        page.getByRole(AriaRole.CHECKBOX, named("OK")).check();
        assertThat(row(OutageLog.INTERNET)).isVisible();
        assertThat(row(OutageLog.PARTNER)).hasCount(0);
        assertThat(page.locator(".alert-line")).hasCount(0);
        page.getByRole(AriaRole.CHECKBOX, named("OK")).uncheck();

        Locator organisation = page.getByLabel("Organisation", new Page.GetByLabelOptions().setExact(true));
        organisation.selectOption("default");
        assertThat(row(OutageLog.PARTNER)).isVisible();
        assertThat(page).hasURL(Pattern.compile("tenant=default"));
        organisation.selectOption("");
        assertThat(page.locator(".alert-line .where a")).hasText(new String[] {OutageLog.PARTNER});

        Locator code = page.getByLabel("Error code");
        code.fill("550 5.1.1");
        code.press("Enter");
        assertThat(names()).hasText(new String[] {OutageLog.INTERNET});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>",
                "\"'><svg onload=window.hacked=1> ${window.hacked=1} {{1}} %2F/..;\\",
                "\u202Eevil\u202C \u200F\u05D0\u05D1\u05D2 \uD83D\uDCE7",
                "500"
            })
    void shouldShowHostileNamesAsText(String text) {
        String name = text.equals("500") ? "To a very long name ".repeat(25).strip() : text;
        publishHealth(name, 1);

        Locator link = names().getByText(name, new Locator.GetByTextOptions().setExact(true));
        assertThat(link).isVisible();
        assertThat(link.innerText()).isEqualTo(name);
        link.click();
        assertThat(page.locator("h1 bdi")).hasText(name);
        assertThat(page.getByText("Nothing is queued.")
                        .or(page.locator("canvas").first()))
                .isVisible();

        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.evaluate("document.querySelectorAll('main img, main script').length"))
                .isEqualTo(0);
        assertThat(sidewaysScroll()).isZero();
    }

    @Test
    void shouldExplain() {
        page.getByRole(AriaRole.LINK, named("Explain")).click();
        page.getByRole(AriaRole.TEXTBOX)
                .fill("450 4.4.317 Cannot connect to remote server [Message=CertificateExpired]"
                        + " [LastAttemptedServerName=mail.fabrikam.example] <b>bold</b>");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("section h2")).containsText("mail.fabrikam.example has expired");
        assertThat(page.locator(".steps li").first()).isVisible();
        assertThat(page.locator(".command").first()).containsText("openssl s_client");

        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Locator copy = page.locator(".copy").first();
        copy.click();
        assertThat(copy).hasText("Copied");
        assertThat(page.evaluate("navigator.clipboard.readText()").toString()).startsWith("echo QUIT | openssl");
    }

    @Test
    void shouldTurnTheTheme() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        Object light = ground();
        Locator button = page.getByRole(AriaRole.BUTTON, named("Theme"));
        button.click();
        assertThat(button).containsText("light");
        assertThat(ground()).isEqualTo(light);
        button.click();
        assertThat(button).containsText("dark");
        assertThat(ground()).isNotEqualTo(light);
        page.reload();
        assertThat(button).containsText("dark");
        assertThat(ground()).isNotEqualTo(light);
    }

    @Test
    void shouldBeUsableWithTheKeyboard() {
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content")).isFocused();
        for (int i = 0; i < 40 && focused().isEmpty(); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused()).isEqualTo(OutageLog.PARTNER);
        page.keyboard().press("ArrowDown");
        String second = focused();
        assertThat(second).isNotEmpty().isNotEqualTo(OutageLog.PARTNER);
        page.keyboard().press("End");
        page.keyboard().press("Home");
        assertThat(focused()).isEqualTo(OutageLog.PARTNER);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText(second);
    }

    @Test
    void shouldTellCauseAndRemedyOfAnAlert() {
        page.locator(".alert-line .what").first().click();
        assertThat(page.getByText("Who acts:")).isVisible();
        assertThat(page.locator(".life li").last()).containsText("opened");
        assertThat(page.locator(".remedy h3").first()).isVisible();

        page.getByRole(AriaRole.LINK, named(OutageLog.PARTNER)).click();
        assertThat(page.locator("h1")).containsText(OutageLog.PARTNER);
        assertThat(page.locator("figure canvas")).hasCount(2);
        assertThat(page.locator("figure div[role=img]").first())
                .hasAttribute("aria-label", Pattern.compile("450 4.4.317"));
    }

    @Test
    void shouldCompareCapacityAndHandItOut() {
        page.getByRole(AriaRole.LINK, named("Capacity")).click();
        assertThat(page.locator("figure canvas")).hasCount(2);
        assertThat(page.getByRole(AriaRole.ROW, named(OutageLog.HEAD_OFFICE))).isVisible();
        Locator add = page.getByPlaceholder("Add a connector");
        add.fill(OutageLog.PARTNER);
        add.press("Enter");
        assertThat(page.locator(".compared li")).hasCount(1);
        assertThat(page.getByRole(AriaRole.ROW, named(OutageLog.HEAD_OFFICE))).hasCount(0);

        var file = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, named("Download CSV")).click());
        assertThat(file.path()).content().contains(OutageLog.PARTNER, "450 4.4.317");
    }

    @Test
    void shouldSayHowThePipelineDoes() {
        page.getByRole(AriaRole.LINK, named("Pipeline")).click();
        assertThat(page.locator(".tile").first()).containsText("running");
        assertThat(page.getByText("unreadable row")).isVisible();
        assertThat(page.getByRole(AriaRole.ROW, named("has ended"))).hasCount(2);
        assertThat(page.getByText("StreamThread").first()).isVisible();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 390", "DARK, 2560"})
    void shouldKeepNobodyOut(ColorScheme scheme, int width) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, 900);
        VIEWS.forEach((view, title) -> {
            page.navigate(web.url() + "#/" + view);
            assertThat(page.locator("h1")).containsText(title);
            assertThat(browsing.barriers()).as(view).isEmpty();
            assertThat(sidewaysScroll()).as(view).isZero();
            if (width < 500) {
                assertThat(page.evaluate("[...document.querySelectorAll('.scroll')]"
                                + ".filter(table => table.scrollWidth > table.clientWidth).length"))
                        .as("tables with columns out of sight in " + view)
                        .isEqualTo(0);
            }
        });
    }

    private Locator names() {
        return page.locator(".virtual-list .c-name a");
    }

    private Locator row(String connector) {
        return page.locator(".virtual-list .row")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("a", new Page.LocatorOptions().setHasText(connector))));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    /** The connector whose row has the focus, empty if none has. */
    private String focused() {
        return page.evaluate("document.activeElement.closest('[data-index]')?.querySelector('a').innerText ?? ''")
                .toString();
    }

    private Object ground() {
        return page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    private int sidewaysScroll() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static void publishHealth(String connector, int queued) {
        ObjectNode health = Records.sample("connector-health.small")
                .put("tenant", "tailspin.example")
                .put("connector", connector);
        ((ObjectNode) health.get("queue"))
                .put("recipients", queued)
                .put("messages", queued)
                .put("oldestSince", "2026-01-05T13:00:00Z")
                .put("nextDeadline", "2026-01-06T13:00:00Z");
        Future<RecordMetadata> sent = outputs.send(new ProducerRecord<>(
                Topics.CONNECTOR_HEALTH,
                Keys.connector("tailspin.example", connector),
                health.toString().getBytes(StandardCharsets.UTF_8)));
        outputs.flush();
        assertThat(sent).isDone();
    }
}
