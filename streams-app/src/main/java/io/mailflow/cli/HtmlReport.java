package io.mailflow.cli;

import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
import io.mailflow.catalogue.Title;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Duration> HORIZONS =
            Stream.of(1, 4, 12, 24).map(Duration::ofHours).toList();
    private static final Comparator<Alert> GRAVEST_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Alert::openedAt)
            .thenComparing(Alert::id);

    private final Analysis analysis;
    private final List<ConnectorEntry> registry;
    private final AlertText text;
    private final Texts texts;
    private final Quantities quantities;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(Analysis analysis, List<ConnectorEntry> registry, AlertText text) {
        this.analysis = analysis;
        this.registry = registry;
        this.text = text;
        this.texts = text.texts();
        this.quantities = new Quantities(texts);
    }

    /** Writes the report to a file, which is replaced. */
    static void write(Analysis analysis, List<ConnectorEntry> registry, AlertText text, Path file) throws IOException {
        Files.writeString(file, of(analysis, registry, text));
    }

    /** @param registry that the analysis was made with: it says who answers for a connector */
    static String of(Analysis analysis, List<ConnectorEntry> registry, AlertText text) throws IOException {
        return new HtmlReport(analysis, registry, text).html();
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
        out.append("<h1>").append(Html.text(say("title"))).append("</h1>\n");
        paragraph(InputText.asOf(analysis, texts));
        paragraph(InputText.rows(analysis.input(), texts));
        paragraph(InputText.events(analysis.input(), texts));
    }

    private void open() {
        List<Alert> alerts = alerts(AlertState.OPEN);
        section(say("open", Map.of("alerts", alerts.size())));
        if (alerts.isEmpty()) {
            paragraph(say("none-open"));
        }
        alerts.forEach(alert -> out.append(
                HtmlAlert.of(alert, analysis.alertEvents(), text, Beside.of(alert, analysis, registry, text))));
        out.append("</section>\n");
    }

    private List<Alert> alerts(AlertState state) {
        return analysis.alerts().stream()
                .filter(alert -> alert.state() == state)
                .sorted(GRAVEST_FIRST)
                .toList();
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
        deliveries(connector);
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
        // The same span in every chart, so that one can be held against another.
        BarChart chart = new BarChart(say("failures-chart"), begin(), analysis.asOf(), WINDOW, text);
        windows.forEach(window -> chart.add(window.code(), window.start(), window.attempts()));
        out.append(chart.html());
    }

    /** On their own scale: many deliveries must not hide a few failures. */
    private void deliveries(Analysis.Connector connector) {
        BarChart chart = new BarChart(say("deliveries-chart"), begin(), analysis.asOf(), WINDOW, text);
        List<Analysis.DeliveryWindow> windows = analysis.deliveries().stream()
                .filter(window -> window.tenant().equals(connector.tenant())
                        && window.connector().equals(connector.connector()))
                .toList();
        windows.forEach(window -> chart.add(column("delivered"), window.start(), window.delivered()));
        if (windows.isEmpty()) {
            paragraph(say("no-deliveries"));
        } else {
            out.append(chart.inGrey().html());
        }
    }

    private Instant begin() {
        return Stream.concat(
                        analysis.windows().stream().map(Analysis.FailureWindow::start),
                        analysis.deliveries().stream().map(Analysis.DeliveryWindow::start))
                .min(Comparator.naturalOrder())
                .orElse(analysis.asOf())
                .truncatedTo(ChronoUnit.HOURS);
    }

    private void horizon(ConnectorHealth.Queue queue) {
        List<ConnectorHealth.Deadlines> hours = queue.deadlines();
        if (hours.isEmpty()) {
            return;
        }
        Instant now = analysis.asOf().truncatedTo(ChronoUnit.HOURS);
        Instant first = hours.get(0).from();
        Instant last = hours.get(hours.size() - 1).to();
        Instant day = now.plus(DAY);
        BarChart chart = new BarChart(
                say("expiry-chart"), first.isBefore(now) ? first : now, last.isAfter(day) ? last : day, HOUR, text);
        hours.forEach(hour -> chart.add(column("recipients"), hour.from(), hour.recipients()));
        out.append(chart.html());
    }

    private void past() {
        List<Alert> alerts = alerts(AlertState.RESOLVED);
        if (!alerts.isEmpty()) {
            section(say("over"));
            out.append(Html.table(
                    Stream.of("alert", "connector", "code", "severity", "opened", "resolved", "ended")
                            .map(this::say)
                            .toList(),
                    alerts.stream()
                            .map(alert -> List.of(
                                    Title.withoutCode(text.remedy(alert).title(), alert.code()),
                                    AlertText.where(alert.tenant(), alert.connector()),
                                    alert.code(),
                                    text.word("severity", alert.severity()),
                                    AlertText.minute(alert.openedAt()),
                                    alert.resolvedAt() == null ? "" : AlertText.minute(alert.resolvedAt()),
                                    alert.resolution() == null ? "" : text.word("resolution", alert.resolution())))
                            .toList()));
            out.append("</section>\n");
        }
    }

    private void section(String heading) {
        out.append("<section><h2>").append(Html.text(heading)).append("</h2>\n");
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
}
