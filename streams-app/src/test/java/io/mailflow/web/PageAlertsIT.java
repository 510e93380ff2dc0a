package io.mailflow.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.mailflow.readmodel.Records;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of one outage together, and in the reader's language. */
@Timeout(180)
class PageAlertsIT {

    private static final String INCIDENT = "5ad6e0b7a2c9485f93b0c1d7e6f2a500";
    private static final List<String> BRANCHES = List.of("To Branch Basel", "To Branch Genf", "<b>To Branch Chur</b>");

    @TempDir
    Path folder;

    private Site site;
    private Browsing browsing;
    private Page page;

    @BeforeEach
    void openTheAlerts() {
        site = Site.open(folder);
        outage("warning", "critical", "high").into(site.model);
        browsing = Browsing.open(site.server.url(), Site.NOW);
        page = browsing.page();
        page.navigate(site.server.url() + "#/alerts");
        assertThat(page.locator("h1")).hasText("Alerts");
    }

    @AfterEach
    void shouldHaveBroughtNothingUnwanted() {
        List<String> wrong = browsing.wrong();
        browsing.close();
        site.close();
        assertThat(wrong).isEmpty();
    }

    /** One failing destination behind three connectors, beside an alert that has nothing to do with it. */
    static Records outage(String... severities) {
        Records records = new Records();
        ObjectNode incident = Records.sample("incident.full");
        incident.put("id", INCIDENT)
                .put("state", "open")
                .put("severity", "critical")
                .putNull("resolvedAt");
        ArrayNode episodes = (ArrayNode) incident.get("episodes");
        ObjectNode episode = (ObjectNode) episodes.get(0).deepCopy();
        episodes.removeAll();
        for (int i = 0; i < severities.length; i++) {
            String id = INCIDENT.substring(0, INCIDENT.length() - 1) + i;
            ObjectNode alert = Records.alert();
            alert.put("id", id).put("connector", BRANCHES.get(i)).put("severity", severities[i]);
            records.alert(alert);
            episodes.add(episode.deepCopy()
                    .put("alert", id)
                    .put("connector", BRANCHES.get(i))
                    .put("state", "open")
                    .put("severity", severities[i]));
        }
        records.incident(incident);
        return records;
    }

    @Test
    void shouldShowTheAlertsOfAnIncidentTogether() {
        Locator group = page.locator("section.alert");
        assertThat(group).hasCount(1);
        assertThat(group.locator("h2 .badge")).hasText("⬢ critical");
        assertThat(group.getByText("3 open alerts about mx1.contoso.example")).isVisible();
        assertThat(group.locator(".alert-line .where a"))
                .hasText(new String[] {BRANCHES.get(1), BRANCHES.get(2), BRANCHES.get(0)});

        Locator others = section("Open").locator(".alert-line .where a");
        assertThat(others).hasText(new String[] {Records.HEAD_OFFICE});

        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        group.locator(".what").first().click();
        assertThat(page.getByText("one of 3 alerts of an incident")).isVisible();
        assertThat(asked)
                .filteredOn(url -> url.contains("incidents"))
                .containsExactly(site.uri("/api/v1/incidents/" + INCIDENT).toString());
        assertThat(page.locator("main b")).hasCount(lifeSteps());
    }

    @Test
    void shouldTellWhoOwnsTheConnectorAndWhatWasTrueWhen() {
        ObjectNode alert = Records.alert().put("sequence", 9).put("changedAt", "2026-01-05T08:16:00Z");
        ObjectNode evidence = (ObjectNode) alert.get("evidence");
        evidence.putArray("thresholds")
                .addObject()
                .put("reason", "connector-down")
                .put("measure", "minutes since it last held")
                .put("value", 35.0)
                .put("threshold", 60.0);
        ((ObjectNode) evidence.get("destinations").get(0))
                .put("lastError", "[{LED=450 4.4.316 Connection refused};{MSG=};{FQDN=mx1.contoso.example};{LRT=}]");
        Records records = new Records();
        records.alert(alert);
        records.into(site.model);
        page.navigate(site.server.url() + "#/alerts/" + Records.OPEN_ALERT);

        assertThat(page.locator(".owner")).hasText("owner: Messaging team, Bern");
        assertThat(section("Why")).containsText("True when it was last published, 2026-01-05 08:16 UTC.");
        assertThat(section("Why").locator("td").nth(1)).hasText("minutes since it last held");
        assertThat(section("Servers").locator("tbody")).containsText("450 4.4.316 Connection refused");
        assertThat(section("Servers").locator("tbody")).not().containsText("LED=");
    }

    /** The third connector recovers, then the second: what is left of the incident is an alert like any other. */
    @Test
    void shouldTakeTheIncidentApartAsItEnds() {
        assertThat(page.locator("section.alert .alert-line")).hasCount(3);

        site.server.accept(resolve(2).into(site.model));
        assertThat(page.locator("section.alert .alert-line")).hasCount(2);

        site.server.accept(resolve(1).into(site.model));
        assertThat(page.locator("section.alert")).hasCount(0);
        assertThat(section("Open").locator(".alert-line")).hasCount(2);
        assertThat(section("Past").getByText(BRANCHES.get(1))).isVisible();
    }

    /** The words of the remedy, its title in each view, and their marking for screen readers and fonts. */
    @Test
    void shouldSpeakEveryLanguageOfTheCatalogue() throws IOException {
        List<String> languages = new ArrayList<>();
        for (Locator option : page.getByLabel("Language").locator("option").all()) {
            languages.add(option.getAttribute("value"));
        }
        assertThat(languages).containsExactlyInAnyOrder("", "en", "da", "pl", "ja", "zh-CN", "zh-TW");
        assertThat(page.getByLabel("Language").locator("[lang=da]")).hasText("dansk");
        languages.remove("");
        List<String> titles = new ArrayList<>();
        for (String language : languages) {
            page.navigate(site.server.url() + "#/alerts");
            page.getByLabel("Language").selectOption(language);
            JsonNode told = Json.MAPPER
                    .readTree(site.get("/api/v1/alerts/" + Records.OPEN_ALERT + "?lang=" + language)
                            .body())
                    .at("/alert/remediation");
            String title = told.get("title").asText().replaceAll(" ?[(（]450 4\\.4\\.316[)）]", "");
            titles.add(title);
            Locator line = section("Open").locator(".alert-line .what");
            assertThat(line).hasText(title);
            assertThat(line.locator("bdi")).hasAttribute("lang", language);
            assertThat(page.locator("section.alert h2 bdi")).hasAttribute("lang", language);

            line.click();
            assertThat(page.locator("h1")).containsText(title);
            assertThat(page.locator(".steps li").first())
                    .containsText(told.at("/steps/0/text").asText());
            assertThat(page.locator(".remedy")).hasAttribute("lang", language);
            JsonNode words = Json.MAPPER
                    .readTree(site.get("/api/v1/catalogue?code=none&lang=" + language)
                            .body())
                    .get("words");
            assertThat(page.locator(".remedy h3").last())
                    .hasText(words.get("label.what-to-do").asText());
            assertThat(page.locator(".remedy .who"))
                    .hasText(words.get("label.who-acts").asText() + ": "
                            + words.get("owner." + told.get("owner").asText()).asText());
            assertThat(page.locator(".remedy dt").first())
                    .hasText(words.get("label.takes-effect").asText());
            assertThat(page.getByLabel("Language")).hasValue(language);
            page.reload();
            assertThat(page.locator("h1")).containsText(title);
            assertThat(browsing.barriers()).as(language).isEmpty();
        }
        assertThat(titles).doesNotHaveDuplicates();
    }

    @Test
    void shouldExplainInTheChosenLanguage() throws IOException {
        page.getByLabel("Language").selectOption("ja");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Explain"))
                .click();
        page.getByText("Try an example").click();
        Locator heading = page.locator("section h2");
        assertThat(heading.locator("bdi")).hasAttribute("lang", "ja");
        String japanese = heading.innerText();

        page.getByLabel("Language").selectOption("en");
        assertThat(heading).containsText("has expired");
        assertThat(japanese).isNotEqualTo(heading.innerText());
    }

    private Locator section(String heading) {
        return page.locator("section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }

    private int lifeSteps() {
        return page.locator(".life li").count();
    }

    private static Records resolve(int branch) {
        Records records = new Records();
        records.alert(Records.resolved()
                .put("id", INCIDENT.substring(0, INCIDENT.length() - 1) + branch)
                .put("sequence", 9)
                .put("connector", BRANCHES.get(branch))
                .put("code", "450 4.4.316")
                .put("openedAt", "2026-01-05T08:05:00Z")
                .put("changedAt", "2026-01-05T08:16:00Z")
                .put("resolvedAt", "2026-01-05T08:16:00Z"));
        return records;
    }
}
