package io.mailflow.cli;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Expiring;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An analysis as people read it: accounting, connectors, failures, the time line of alerts, what to do. */
final class AnalysisText {

    /** Longer names stand on a line of their own, so that tables keep to 120 columns. */
    private static final int WIDEST_NAME = 36;

    private static final int[] HORIZONS_HOURS = {1, 4, 12, 24};

    /** The connector of events for which nothing tells one. */
    private static final String UNKNOWN = "unknown";

    private final PrintWriter out;
    private final Texts texts;
    private final Quantities quantities;
    private final AlertText alertText;
    private final int width;

    /** Writes in a language of the catalogue, paragraphs of so many columns. */
    AnalysisText(PrintWriter out, Catalogue catalogue, String language, int width) {
        this.out = out;
        this.width = width;
        this.texts = catalogue.texts(language);
        this.quantities = new Quantities(texts);
        this.alertText = new AlertText(catalogue, language, width);
    }

    void print(Analysis analysis) {
        Analysis.Input input = analysis.input();
        out.println(text("rows", Map.of("rows", input.rows(), "unreadable", input.unreadable())));
        out.println(text(
                "events",
                Map.of(
                        "events", input.events(),
                        "counted", input.counted(),
                        "duplicates", input.duplicates(),
                        "notAttempts", input.notAttempts(),
                        "late", input.late(),
                        "afterAsOf", input.afterAsOf())));
        out.println(text("as-of", Map.of("asOf", AlertText.minute(analysis.asOf()))));
        out.println();
        if (analysis.connectors().isEmpty()) {
            out.println(text("connectors"));
            out.println("  " + text("no-connectors"));
        } else {
            connectors(analysis);
            failures(analysis.connectors());
        }
        out.println();
        alerts(analysis.alertEvents());
        remedies(analysis);
        hints(analysis);
        out.flush();
    }

    private void connectors(Analysis analysis) {
        TextTable table = new TextTable(text("connectors"), WIDEST_NAME)
                .right(text("attempts-group"), text("delivered"))
                .right(text("attempts-group"), text("failed"))
                .right(text("queued-group"), text("queued"))
                .right(text("queued-group"), text("oldest"));
        for (int hours : HORIZONS_HOURS) {
            table.right(text("queued-group"), quantities.narrow(Duration.ofHours(hours)));
        }
        table.right(text("queued-group"), text("next-expiry")).right(text("expired"));
        for (Analysis.Connector connector : analysis.connectors()) {
            ConnectorHealth.Queue queue = connector.queue();
            table.row(
                    where(connector),
                    number(connector.attempts().delivered()),
                    number(connector.attempts().failed()),
                    number(queue.recipients()),
                    queue.oldestSince() == null
                            ? "-"
                            : quantities.narrow(Duration.between(queue.oldestSince(), analysis.asOf())),
                    number(within(queue, HORIZONS_HOURS[0])),
                    number(within(queue, HORIZONS_HOURS[1])),
                    number(within(queue, HORIZONS_HOURS[2])),
                    number(within(queue, HORIZONS_HOURS[3])),
                    queue.nextDeadline() == null ? "-" : AlertText.minute(queue.nextDeadline()),
                    number(queue.expired()));
        }
        table.lines().forEach(out::println);
    }

    private static long within(ConnectorHealth.Queue queue, int hours) {
        return queue.expiring().stream()
                .filter(horizon -> horizon.withinHours() == hours)
                .mapToLong(Expiring::recipients)
                .findFirst()
                .orElse(0);
    }

    private void failures(List<Analysis.Connector> connectors) {
        if (connectors.stream().allMatch(connector -> connector.failures().isEmpty())) {
            return;
        }
        TextTable table = new TextTable(text("failures"), WIDEST_NAME)
                .left(text("code"))
                .right(text("attempts"))
                .right(text("messages"))
                .right(text("recipients"))
                .left(text("first"))
                .left(text("last"));
        for (Analysis.Connector connector : connectors) {
            for (ConnectorHealth.CodeFailures failures : connector.failures()) {
                table.row(
                        where(connector),
                        failures.code(),
                        number(failures.attempts()),
                        number(failures.messages()),
                        number(failures.recipients()),
                        AlertText.minute(failures.first()),
                        AlertText.minute(failures.last()));
            }
            ConnectorHealth.Unlisted rest = connector.unlisted();
            if (rest != null) {
                table.row(
                        where(connector),
                        "(" + texts.text("report.others") + ")",
                        number(rest.attempts()),
                        "",
                        "",
                        "",
                        "");
            }
        }
        out.println();
        table.lines().forEach(out::println);
    }

    private void alerts(List<Alert> events) {
        out.println(text("alerts"));
        if (events.isEmpty()) {
            out.println("  " + text("none"));
        }
        alertText.lines(events, WIDEST_NAME).forEach(line -> out.println("  " + line));
        out.println();
    }

    private void remedies(Analysis analysis) {
        List<Alert> open = analysis.alerts().stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .sorted((left, right) -> right.severity().compareTo(left.severity()))
                .toList();
        if (!open.isEmpty()) {
            out.println(text("open-alerts"));
        }
        for (Alert alert : open) {
            // An alert tells what was true when it was published; between publications its queue moves on.
            boolean current = alert.changedAt().isAfter(analysis.asOf().minus(Duration.ofMinutes(1)));
            out.println(alertText.block(alert, current ? null : alertText.queueNow(alert, analysis)));
            out.println();
        }
    }

    /** Where the answer is, when no alert gives it. */
    private void hints(Analysis analysis) {
        List<Analysis.Connector> silent = analysis.connectors().stream()
                .filter(connector -> connector.queue().recipients() > 0
                        && !connector.failures().isEmpty())
                .filter(connector -> analysis.alerts().stream()
                        .noneMatch(alert -> alert.state() == AlertState.OPEN
                                && alert.tenant().equals(connector.tenant())
                                && alert.connector().equals(connector.connector())))
                .toList();
        if (!silent.isEmpty()) {
            out.println(text("hint-explain"));
            silent.stream()
                    .map(connector -> connector.failures().get(0).code())
                    .distinct()
                    .forEach(code -> out.println("  mailflow explain '" + code + "'"));
        }
        if (analysis.connectors().stream()
                .anyMatch(connector -> connector.connector().equals(UNKNOWN))) {
            DisplayWidth.lines(text("hint-unknown"), width).forEach(out::println);
        }
    }

    private static String where(Analysis.Connector connector) {
        return AlertText.where(connector.tenant(), connector.connector());
    }

    private String number(long number) {
        return quantities.number(number);
    }

    private String text(String key) {
        return texts.text("analysis." + key);
    }

    private String text(String key, Map<String, ?> values) {
        return texts.text("analysis." + key, values);
    }
}
