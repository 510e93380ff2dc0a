package io.mailflow.cli;

import io.mailflow.catalogue.LikelyCauses;
import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An analysis as one HTML file for a ticket or a manager: nothing is loaded from anywhere, nothing runs, it prints, and
 * follows the reader's choice of light or dark. Whatever events say is shown as text. Times are UTC.
 */
final class HtmlReport {

    /** Connectors with charts of their own; the table has all. */
    private static final int MOST_CHARTED = 40;

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Duration> HORIZONS =
            Stream.of(1, 4, 12, 24).map(Duration::ofHours).toList();
    private static final Comparator<Alert> GRAVEST_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Alert::openedAt)
            .thenComparing(Alert::id);

    private final Analysis analysis;
    private final AlertText text;
    private final Texts texts;
    private final Quantities quantities;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(Analysis analysis, AlertText text) {
        this.analysis = analysis;
        this.text = text;
        this.texts = text.texts();
        this.quantities = new Quantities(texts);
    }

    /** Writes the report to a file, which is replaced. */
    static void write(Analysis analysis, AlertText text, Path file) throws IOException {
        Files.writeString(file, of(analysis, text));
    }

    static String of(Analysis analysis, AlertText text) throws IOException {
        return new HtmlReport(analysis, text).html();
    }

    private String html() throws IOException {
        out.append("<!DOCTYPE html>\n<html lang=\"")
                .append(texts.language())
                .append("\"><head><meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append("style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(Html.text(say("title")))
                .append("</title>\n<style>\n")
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
        out.append("<h1>").append(Html.text(say("title"))).append("</h1>\n");
        paragraph(texts.text("analysis.as-of", Map.of("asOf", AlertText.minute(analysis.asOf()))));
        paragraph(texts.text("analysis.rows", Map.of("rows", input.rows(), "unreadable", input.unreadable())));
        paragraph(texts.text(
                "analysis.events",
                Map.of(
                        "events", input.events(),
                        "counted", input.counted(),
                        "duplicates", input.duplicates(),
                        "notAttempts", input.notAttempts(),
                        "late", input.late(),
                        "afterAsOf", input.afterAsOf())));
    }

    private void open() {
        List<Alert> alerts = alerts(AlertState.OPEN);
        section(say("open", Map.of("alerts", alerts.size())));
        if (alerts.isEmpty()) {
            paragraph(say("none-open"));
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
        Remediation remediation = text.remedy(alert);
        out.append("<article class=\"").append(id(alert.severity())).append("\"><h3>");
        out.append(Html.text(remediation.title())).append("</h3>\n<p><span class=\"severity\">");
        out.append(Html.text(word("severity", alert.severity()))).append("</span> ");
        out.append(Html.text(say(
                "what",
                Map.of(
                        "connector", AlertText.where(alert.tenant(), alert.connector()),
                        "code", alert.code(),
                        "since", AlertText.minute(alert.since()),
                        "reasons",
                                quantities.list(alert.reasons().stream()
                                        .map(reason -> word("reason", reason))
                                        .toList())))));
        out.append("</p>\n");
        Alert.Queue queue = alert.evidence().queue();
        if (queue.recipients() > 0 || queue.expiredLastHour() > 0) {
            paragraph(text.queue(queue.recipients(), queue.expiring(), queue.nextDeadline(), alert.changedAt()));
        }
        out.append("<dl>");
        if (!remediation.explanation().isEmpty()) {
            entry("meaning", remediation.explanation());
        }
        entry("who-acts", TextPage.owner(remediation.owner(), texts));
        list(LikelyCauses.of(remediation, texts));
        steps(remediation.steps());
        if (remediation.takesEffect() != null) {
            entry("takes-effect", remediation.takesEffect());
        }
        entry("verify", remediation.verify());
        if (!remediation.giveUp().isEmpty()) {
            entry("give-up", remediation.giveUp());
        }
        String error = alert.evidence().lastError();
        if (error != null) {
            term("last-error");
            out.append("<dd><pre>").append(Html.text(error)).append("</pre></dd>\n");
        }
        out.append("</dl></article>\n");
    }

    private void list(List<String> likely) {
        if (!likely.isEmpty()) {
            term("likely");
            out.append("<dd><ul>");
            likely.forEach(item -> out.append("<li>").append(Html.text(item)).append("</li>"));
            out.append("</ul></dd>\n");
        }
    }

    private void steps(List<Remediation.Step> steps) {
        term("what-to-do");
        out.append("<dd><ol>");
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
        section(say("connectors"));
        List<String> columns =
                new ArrayList<>(List.of(say("connector"), column("delivered"), column("failed"), column("queued")));
        HORIZONS.forEach(horizon -> columns.add(say("within", Map.of("duration", quantities.narrow(horizon)))));
        columns.add(column("expired"));
        out.append(Html.table(
                columns, analysis.connectors().stream().map(this::cells).toList()));
        List<Analysis.Connector> failing = analysis.connectors().stream()
                .filter(connector -> connector.attempts().failed() > 0)
                .sorted(Comparator.comparingLong((Analysis.Connector connector) ->
                                connector.attempts().failed())
                        .reversed())
                .toList();
        failing.stream().limit(MOST_CHARTED).forEach(this::connector);
        if (failing.size() > MOST_CHARTED) {
            paragraph(say("more-charts", Map.of("charted", MOST_CHARTED, "more", failing.size() - MOST_CHARTED)));
        }
        out.append("</section>\n");
    }

    private List<String> cells(Analysis.Connector connector) {
        ConnectorHealth.Queue queue = connector.queue();
        List<String> cells = new ArrayList<>(List.of(
                AlertText.where(connector.tenant(), connector.connector()),
                quantities.number(connector.attempts().delivered()),
                quantities.number(connector.attempts().failed()),
                quantities.number(queue.recipients())));
        queue.expiring().forEach(horizon -> cells.add(quantities.number(horizon.recipients())));
        cells.add(quantities.number(queue.expired()));
        return cells;
    }

    private void connector(Analysis.Connector connector) {
        out.append("<h3>").append(Html.text(AlertText.where(connector.tenant(), connector.connector())));
        out.append("</h3>\n");
        failures(connector);
        horizon(connector.queue());
        out.append(Html.table(
                Stream.of("code", "attempts", "messages", "recipients", "first", "last")
                        .map(this::column)
                        .toList(),
                connector.failures().stream()
                        .map(code -> List.of(
                                code.code(),
                                quantities.number(code.attempts()),
                                quantities.number(code.messages()),
                                quantities.number(code.recipients()),
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
        BarChart chart = new BarChart(say("failures-chart"), from, to, WINDOW, text);
        windows.forEach(window -> chart.add(window.code(), window.start(), window.attempts()));
        out.append(chart.html());
    }

    private void horizon(ConnectorHealth.Queue queue) {
        List<ConnectorHealth.Deadlines> hours = queue.deadlines();
        if (hours.isEmpty()) {
            return;
        }
        BarChart chart = new BarChart(
                say("expiry-chart"),
                hours.get(0).from(),
                hours.get(hours.size() - 1).to(),
                HOUR,
                text);
        hours.forEach(hour -> chart.add(column("recipients"), hour.from(), hour.recipients()));
        out.append(chart.html());
    }

    private void past() {
        List<Alert> alerts = alerts(AlertState.RESOLVED);
        if (!alerts.isEmpty()) {
            section(say("over"));
            out.append(Html.table(
                    Stream.of("connector", "code", "severity", "opened", "resolved", "alert")
                            .map(this::say)
                            .toList(),
                    alerts.stream()
                            .map(alert -> List.of(
                                    AlertText.where(alert.tenant(), alert.connector()),
                                    alert.code(),
                                    word("severity", alert.severity()),
                                    AlertText.minute(alert.openedAt()),
                                    alert.resolvedAt() == null ? "" : AlertText.minute(alert.resolvedAt()),
                                    text.remedy(alert).title()))
                            .toList()));
            out.append("</section>\n");
        }
    }

    private void section(String heading) {
        out.append("<section><h2>").append(Html.text(heading)).append("</h2>\n");
    }

    private void term(String label) {
        out.append("<dt>").append(Html.text(texts.text("label." + label))).append("</dt>");
    }

    private void entry(String label, String value) {
        term(label);
        out.append("<dd>").append(Html.text(value)).append("</dd>\n");
    }

    private void paragraph(String sentence) {
        out.append("<p class=\"soft\">").append(Html.text(sentence)).append("</p>\n");
    }

    private String say(String key) {
        return texts.text("report." + key);
    }

    private String say(String key, Map<String, ?> values) {
        return texts.text("report." + key, values);
    }

    /** Columns have the words of the tables for terminals. */
    private String column(String key) {
        return texts.text("analysis." + key);
    }

    private String word(String section, Enum<?> constant) {
        return texts.text(section + "." + id(constant));
    }

    private static String id(Enum<?> constant) {
        return Json.MAPPER.convertValue(constant, String.class);
    }
}
