package io.mailflow.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.mailflow.config.SecretSource;
import io.mailflow.config.WebSettings;
import io.mailflow.readmodel.ReadState;
import io.mailflow.readmodel.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says while the program cannot answer, and how it bears a large site. */
@Timeout(180)
class PageStatesIT {

    @TempDir
    Path folder;

    /** Scrolls frame by frame from the top and counts the rows that are made meanwhile. */
    private static final String SCROLL = """
            async () => {
              const list = document.querySelector('.virtual-list');
              const seen = {frames: 0, gaps: 0, most: 0, made: 0, pixels: 0, row: parseFloat(getComputedStyle(list).getPropertyValue('--row'))};
              const watcher = new MutationObserver(changes => changes.forEach(change =>
                change.addedNodes.forEach(node => { seen.made += node.classList?.contains('row') ? 1 : 0; })));
              watcher.observe(list, {childList: true});
              const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
              while (seen.pixels < 40_000 && seen.frames < 10_000) { // Where the program lags behind, the list ends early.
                const before = scrollY;
                scrollBy(0, 200);
                seen.pixels += scrollY - before;
                await frame();
                seen.frames += 1;
                seen.most = Math.max(seen.most, list.querySelectorAll('.row').length);
                const there = document.elementFromPoint(700, 600);
                seen.gaps += there?.closest('.virtual-list') && !there.closest('.row') ? 1 : 0;
              }
              watcher.disconnect();
              return seen;
            }
            """;

    private static Records tenThousand() {
        Records many = new Records();
        for (int i = 0; i < 10_000; i++) {
            many.health("tailspin.example", String.format("Branch %05d", i), 0);
        }
        return many;
    }

    @ParameterizedTest
    @CsvSource({"STARTING, Starting", "RESTORING, Restoring"})
    void shouldSayWhatItWaitsForAndGoOnByItself(ReadState state, String title) {
        try (Site site = Site.open(folder)) {
            site.state = state;
            try (Browsing browsing = Browsing.open(site.server.url(), Site.NOW)) {
                assertThat(browsing.page().locator("h1")).hasText(title);
                assertThat(browsing.page().getByText("Trying again…")).isVisible();

                site.state = ReadState.RUNNING;
                assertThat(browsing.page().getByText(Records.HEAD_OFFICE).first())
                        .isVisible();
                assertThat(browsing.wrong()).allMatch(text -> text.contains("status of 503"));
            }
        }
    }

    @Test
    void shouldKeepTheFiguresAndSayThatTheyAreOld() {
        try (Site site = Site.open(folder);
                Browsing browsing = Browsing.open(site.server.url(), Site.NOW)) {
            Page page = browsing.page();
            assertThat(page.locator(".row a").first()).hasText(Records.HEAD_OFFICE);
            assertThat(page.locator(".banner")).hasCount(0);

            site.state = ReadState.REBALANCING;
            assertThat(page.locator(".banner")).containsText("Rebalancing.");
            site.state = ReadState.RUNNING;
            assertThat(page.locator(".banner")).hasCount(0);

            site.server.close();
            assertThat(page.locator(".banner")).containsText("No connection.");
            assertThat(page.locator(".banner")).containsText("Figures are from");
            assertThat(page.locator(".row a").first()).hasText(Records.HEAD_OFFICE);
        }
    }

    @Test
    void shouldAskForTheTokenWhereOneIsNeeded() throws IOException {
        Path token = Files.writeString(folder.resolve("read-token"), "a-token-to-read-with-0123456789");
        WebSettings settings = new WebSettings(
                "127.0.0.1",
                0,
                false,
                null,
                null,
                SecretSource.parse("file:" + token).orElseThrow(),
                null,
                10);
        try (Site site = Site.open(folder, settings);
                Browsing browsing = Browsing.open(site.server.url(), Site.NOW)) {
            Page page = browsing.page();
            page.getByLabel("Token").fill("not the one, but as long as one");
            page.keyboard().press("Enter");
            assertThat(page.getByText("The token is not one of this program's."))
                    .isVisible();
            page.getByLabel("Token").fill("a-token-to-read-with-0123456789");
            page.keyboard().press("Enter");
            assertThat(page.locator(".row a").first()).hasText(Records.HEAD_OFFICE);
            assertThat(page.locator(".state")).hasText("live");
            assertThat(browsing.wrong()).allMatch(text -> text.contains("status of 401"));
        }
    }

    /** What it costs to draw does not depend on how long the list is: only rows that come into sight are made. */
    @Test
    void shouldScrollThroughTenThousandConnectors() {
        try (Site site = Site.open(folder)) {
            tenThousand().into(site.model);
            try (Browsing browsing = Browsing.open(site.server.url(), Site.NOW)) {
                Page page = browsing.page();
                assertThat(page.locator(".row a").first()).hasText(Records.HEAD_OFFICE);
                page.mouse().move(700, 600);
                Object measured = page.evaluate(SCROLL);
                assertThat(measured)
                        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Integer.class))
                        .satisfies(seen -> {
                            assertThat(seen.get("gaps"))
                                    .as("frames without a row in sight")
                                    .isZero();
                            assertThat(seen.get("most"))
                                    .as("rows in the document")
                                    .isLessThan(100);
                            int passed = seen.getOrDefault("pixels", 0) / seen.getOrDefault("row", 1);
                            assertThat(passed).isGreaterThan(800);
                            assertThat(seen.get("made"))
                                    .as("rows made for " + passed + " passed")
                                    .isBetween(passed / 2, passed + 100);
                        });

                page.locator(".row a").first().focus();
                page.keyboard().press("End");
                assertThat(page.getByText("Branch 09999")).isVisible();
                assertThat((int) page.evaluate("document.querySelectorAll('.row').length"))
                        .isLessThan(100);
                assertThat(page.getByRole(AriaRole.TABLE)).hasAttribute("aria-rowcount", "10005");
                assertThat(browsing.wrong()).isEqualTo(List.of());
            }
        }
    }
}
