package io.mailflow.web;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The Chromium of this machine with one tab, and what must never happen in it. */
public final class Browsing implements AutoCloseable {

    private static final double SLOW_MACHINE_MS = 30_000;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String TELL_VIOLATIONS = """
            addEventListener('securitypolicyviolation',
                event => console.error('violates ' + event.violatedDirective + ': ' + event.blockedURI));
            """;

    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final List<String> wrong = new ArrayList<>();

    private Browsing(Playwright playwright, BrowserContext context, Instant now) {
        this.playwright = playwright;
        this.context = context;
        context.addInitScript(TELL_VIOLATIONS);
        context.clock().install(new Clock.InstallOptions().setTime(now.toString()));
        page = context.newPage();
    }

    /**
     * Opens a page at a moment that the browser takes for now.
     *
     * @param url the only address that may be asked for anything
     */
    public static Browsing open(String url, Instant now) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium()));
        PlaywrightAssertions.setDefaultAssertionTimeout(SLOW_MACHINE_MS);
        Browsing browsing = new Browsing(
                playwright, browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900)), now);
        browsing.watch(url);
        browsing.page.navigate(url);
        return browsing;
    }

    private void watch(String url) {
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                wrong.add(message.text());
            }
        });
        context.onWebError(error -> wrong.add(error.error()));
        context.onRequest(request -> {
            if (!request.url().startsWith(url) && !request.url().startsWith("data:")) {
                wrong.add("asked " + request.url());
            }
        });
    }

    private static Path chromium() {
        return Stream.of(Objects.requireNonNull(System.getenv("PATH"), "PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No chromium on the PATH; install the Debian package."));
    }

    public Page page() {
        return page;
    }

    /** Errors and warnings of the console, violations of the policy and requests that left the host, so far. */
    public List<String> wrong() {
        // Events arrive with answers.
        page.evaluate("1");
        return List.copyOf(wrong);
    }

    /** What keeps people with disabilities out, by the rules of WCAG 2.1 A and AA. */
    public List<String> barriers() {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                        .setLegacyMode(true)
                        .analyze()
                        .getViolations()
                        .stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + ": " + node.getHtml() + " " + node.getFailureSummary()))
                        .toList();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
