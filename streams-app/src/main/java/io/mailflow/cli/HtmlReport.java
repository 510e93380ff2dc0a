package io.mailflow.cli;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Remediation;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An analysis as one HTML file for a ticket or a manager: nothing is loaded from anywhere, nothing runs, it prints, and
 * follows the reader's choice of light or dark. Whatever events say is shown as text. Times are UTC.
 */
final class HtmlReport {

    /** Connectors with charts of their own; the table has all. */
    private static final int MOST_CHARTED = 40;

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Comparator<Alert> GRAVEST_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Alert::openedAt)
            .thenComparing(Alert::id);

    private final Analysis analysis;
    private final AlertText text;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(Analysis analysis, AlertText text) {
        this.analysis = analysis;
        this.text = text;
    }

    /** Writes the report to a file, which is replaced. */
    static void write(Analysis analysis, AlertText text, Path file) throws IOException {
        Files.writeString(file, of(analysis, text));
    }

    static String of(Analysis analysis, AlertText text) throws IOException {
        return new HtmlReport(analysis, text).html();
    }

    private String html() throws IOException {
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append("style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Mail flow report</title>\n<style>\n")
                .append(style())
                .append("</style></head>\n<body><main>\n");
        head();
        open();
        connectors();
        past();
        return out.append("</main></body></html>\n").toString();
    }

    private static String style() throws IOException {
        try (InputStream css = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void head() {
        Analysis.Input input = analysis.input();
        out.append("<h1>Mail flow report</h1>\n");
        paragraph(String.format(
                Locale.ROOT,
                "As of %s UTC. %,d rows, %,d unreadable; %,d events, %,d counted, %,d duplicates, %,d that are no attempt.",
                AlertText.minute(analysis.asOf()),
                input.rows(),
                input.unreadable(),
                input.events(),
                input.counted(),
                input.duplicates(),
                input.notAttempts()));
    }

    private void open() {
        List<Alert> alerts = alerts(AlertState.OPEN);
        out.append("<section><h2>").append(alerts.size()).append(" open alerts</h2>\n");
        if (alerts.isEmpty()) {
            paragraph("No connector has a problem that is open.");
        }
        alerts.forEach(this::alert);
        out.append("</section>\n");
    }

    private List<Alert> alerts(AlertState state) {
        return analysis.alerts().stream()
                .filter(alert -> alert.state() == state)
                .sorted(GRAVEST_FIRST)
                .toList();
    }

    private void alert(Alert alert) {
        Remediation remediation = alert.remediation();
        String severity = word(alert.severity());
        out.append("<article class=\"").append(severity).append("\"><h3>");
        out.append(Html.text(remediation.title())).append("</h3>\n<p><span class=\"severity\">");
        out.append(severity).append("</span> ");
        out.append(Html.text(AlertText.where(alert.tenant(), alert.connector()) + ", " + alert.code() + ", since "
                + AlertText.minute(alert.since()) + ": "
                + alert.reasons().stream().map(HtmlReport::word).collect(Collectors.joining(", "))));
        out.append("</p>\n");
        Alert.Queue queue = alert.evidence().queue();
        if (queue.recipients() > 0 || queue.expiredLastHour() > 0) {
            paragraph(text.queue(queue.recipients(), queue.expiring(), queue.nextDeadline(), alert.changedAt()));
        }
        out.append("<dl>");
        entry("Who acts", word(remediation.owner()));
        list("Likely", "ul", remediation.causes());
        steps(remediation.steps());
        if (remediation.takesEffect() != null) {
            entry("Takes effect", remediation.takesEffect());
        }
        entry("Verify", remediation.verify());
        String error = alert.evidence().lastError();
        if (error != null) {
            out.append("<dt>Last error</dt><dd><pre>").append(Html.text(error)).append("</pre></dd>\n");
        }
        out.append("</dl></article>\n");
    }

    private void list(String name, String tag, List<String> items) {
        if (!items.isEmpty()) {
            out.append("<dt>").append(name).append("</dt><dd><").append(tag).append('>');
            items.forEach(item -> out.append("<li>").append(Html.text(item)).append("</li>"));
            out.append("</").append(tag).append("></dd>\n");
        }
    }

    private void steps(List<Remediation.Step> steps) {
        out.append("<dt>What to do</dt><dd><ol>");
        for (Remediation.Step step : steps) {
            out.append("<li>").append(Html.text(step.text()));
            if (step.command() != null) {
                out.append("<pre>").append(Html.text(step.command())).append("</pre>");
            }
            out.append("</li>");
        }
        out.append("</ol></dd>\n");
    }

    private void connectors() {
        out.append("<section><h2>Connectors</h2>\n");
        out.append(Html.table(
                List.of("connector", "delivered", "failed", "queued", "within 1 h", "4 h", "12 h", "24 h", "expired"),
                analysis.connectors().stream().map(HtmlReport::cells).toList()));
        List<Analysis.Connector> failing = analysis.connectors().stream()
                .filter(connector -> connector.attempts().failed() > 0)
                .sorted(Comparator.comparingLong((Analysis.Connector connector) ->
                                connector.attempts().failed())
                        .reversed())
                .toList();
        failing.stream().limit(MOST_CHARTED).forEach(this::connector);
        if (failing.size() > MOST_CHARTED) {
            paragraph("Charts stand for the " + MOST_CHARTED + " connectors with most failures; "
                    + (failing.size() - MOST_CHARTED) + " more are in the table above.");
        }
        out.append("</section>\n");
    }

    private static List<String> cells(Analysis.Connector connector) {
        ConnectorHealth.Queue queue = connector.queue();
        List<String> cells = new ArrayList<>(List.of(
                AlertText.where(connector.tenant(), connector.connector()),
                Html.number(connector.attempts().delivered()),
                Html.number(connector.attempts().failed()),
                Html.number(queue.recipients())));
        queue.expiring().forEach(horizon -> cells.add(Html.number(horizon.recipients())));
        cells.add(Html.number(queue.expired()));
        return cells;
    }

    private void connector(Analysis.Connector connector) {
        out.append("<h3>").append(Html.text(AlertText.where(connector.tenant(), connector.connector())));
        out.append("</h3>\n");
        failures(connector);
        horizon(connector.queue());
        out.append(Html.table(
                List.of("code", "attempts", "messages", "recipients", "first", "last"),
                connector.failures().stream()
                        .map(code -> List.of(
                                code.code(),
                                Html.number(code.attempts()),
                                Html.number(code.messages()),
                                Html.number(code.recipients()),
                                AlertText.minute(code.first()),
                                AlertText.minute(code.last())))
                        .toList()));
    }

    private void failures(Analysis.Connector connector) {
        List<Analysis.FailureWindow> windows = analysis.windows().stream()
                .filter(window -> window.tenant().equals(connector.tenant())
                        && window.connector().equals(connector.connector()))
                .toList();
        if (windows.isEmpty()) {
            return;
        }
        Instant from = windows.stream()
                .map(Analysis.FailureWindow::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant to = windows.stream()
                .map(Analysis.FailureWindow::end)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        BarChart chart = new BarChart("Failed attempts by code", from, to, WINDOW, text);
        windows.forEach(window -> chart.add(window.code(), window.start(), window.attempts()));
        out.append(chart.html());
    }

    private void horizon(ConnectorHealth.Queue queue) {
        List<ConnectorHealth.Deadlines> hours = queue.deadlines();
        if (hours.isEmpty()) {
            return;
        }
        BarChart chart = new BarChart(
                "Queued recipients by when they expire",
                hours.get(0).from(),
                hours.get(hours.size() - 1).to(),
                HOUR,
                text);
        hours.forEach(hour -> chart.add("recipients", hour.from(), hour.recipients()));
        out.append(chart.html());
    }

    private void past() {
        List<Alert> alerts = alerts(AlertState.RESOLVED);
        if (!alerts.isEmpty()) {
            out.append("<section><h2>Over since</h2>\n");
            out.append(Html.table(
                    List.of("connector", "code", "severity", "opened", "resolved", "what"),
                    alerts.stream()
                            .map(alert -> List.of(
                                    AlertText.where(alert.tenant(), alert.connector()),
                                    alert.code(),
                                    word(alert.severity()),
                                    AlertText.minute(alert.openedAt()),
                                    alert.resolvedAt() == null ? "" : AlertText.minute(alert.resolvedAt()),
                                    alert.remediation().title()))
                            .toList()));
            out.append("</section>\n");
        }
    }

    private void entry(String name, String value) {
        out.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd>\n");
    }

    private void paragraph(String sentence) {
        out.append("<p class=\"soft\">").append(Html.text(sentence)).append("</p>\n");
    }

    private static String word(Enum<?> constant) {
        return Json.MAPPER.convertValue(constant, String.class);
    }
}
