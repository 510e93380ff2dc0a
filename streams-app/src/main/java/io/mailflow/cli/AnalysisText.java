package io.mailflow.cli;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Expiring;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An analysis as people read it: accounting, connectors, failures, the time line of alerts, what to do. */
final class AnalysisText {

    /** Longer names stand on a line of their own, so that tables keep to 120 columns. */
    private static final int WIDEST_NAME = 36;

    /** The connector of events for which nothing tells one. */
    private static final String UNKNOWN = "unknown";

    private final PrintWriter out;

    AnalysisText(PrintWriter out) {
        this.out = out;
    }

    void print(Analysis analysis) {
        Analysis.Input input = analysis.input();
        out.printf("rows    %,d read, %,d of them unreadable%n", input.rows(), input.unreadable());
        out.printf(
                "events  %,d, one per recipient: %,d counted, %,d duplicates, %,d not outbound attempts, %,d late,"
                        + " %,d after the end%n",
                input.events(),
                input.counted(),
                input.duplicates(),
                input.notAttempts(),
                input.late(),
                input.afterAsOf());
        out.printf("as of   %s; all times are UTC%n%n", AlertText.minute(analysis.asOf()));
        if (analysis.connectors().isEmpty()) {
            out.printf("CONNECTORS%n  none with an outbound attempt, a queue or an expiry%n%n");
        } else {
            connectors(analysis);
            failures(analysis.connectors());
        }
        alerts(analysis.alertEvents());
        remedies(analysis);
        hints(analysis);
        out.flush();
    }

    private void connectors(Analysis analysis) {
        int width = nameWidth(analysis.connectors());
        out.printf(
                "%s   -- attempts --   ----------- recipients queued, expiring within -----------%n",
                " ".repeat(width));
        out.printf(
                "%s  delivered failed   queued     oldest    1 h    4 h   12 h   24 h  next expiry       expired%n",
                padded("CONNECTORS", width));
        for (Analysis.Connector connector : analysis.connectors()) {
            ConnectorHealth.Queue queue = connector.queue();
            out.printf(
                    "%s  %,9d %,6d  %,7d %10s %,6d %,6d %,6d %,6d  %-16s %,8d%n",
                    name(connector, width),
                    connector.attempts().delivered(),
                    connector.attempts().failed(),
                    queue.recipients(),
                    queue.oldestSince() == null
                            ? "-"
                            : AlertText.duration(Duration.between(queue.oldestSince(), analysis.asOf())),
                    within(queue, 1),
                    within(queue, 4),
                    within(queue, 12),
                    within(queue, 24),
                    queue.nextDeadline() == null ? "-" : AlertText.minute(queue.nextDeadline()),
                    queue.expired());
        }
        out.println();
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
        int width = nameWidth(connectors);
        out.printf(
                "%s  code          attempts  messages  recipients  first             last%n",
                padded("FAILURES", width));
        for (Analysis.Connector connector : connectors) {
            for (ConnectorHealth.CodeFailures failures : connector.failures()) {
                out.printf(
                        "%s  %-12s %,9d %,9d %,11d  %s  %s%n",
                        name(connector, width),
                        failures.code(),
                        failures.attempts(),
                        failures.messages(),
                        failures.recipients(),
                        AlertText.minute(failures.first()),
                        AlertText.minute(failures.last()));
            }
        }
        out.println();
    }

    private void alerts(List<Alert> events) {
        out.println("ALERTS");
        if (events.isEmpty()) {
            out.println("  none");
        }
        int width = events.stream()
                .mapToInt(alert ->
                        AlertText.where(alert.tenant(), alert.connector()).length())
                .filter(length -> length <= WIDEST_NAME)
                .max()
                .orElse(0);
        events.forEach(alert -> out.println("  " + AlertText.line(alert, width)));
        out.println();
    }

    private void remedies(Analysis analysis) {
        List<Alert> open = analysis.alerts().stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .sorted((left, right) -> right.severity().compareTo(left.severity()))
                .toList();
        if (!open.isEmpty()) {
            out.println("OPEN ALERTS");
        }
        for (Alert alert : open) {
            // An alert tells what was true when it was published; between publications its queue moves on.
            boolean current = alert.changedAt().isAfter(analysis.asOf().minus(Duration.ofMinutes(1)));
            out.println(
                    AlertText.block(alert, current ? null : queueNow(alert, analysis.connectors(), analysis.asOf())));
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
            out.println("Recipients are queued on connectors without an open alert. What to do about a code:");
            silent.stream()
                    .map(connector -> connector.failures().get(0).code())
                    .distinct()
                    .forEach(code -> out.println("  mailflow explain '" + code + "'"));
        }
        if (analysis.connectors().stream()
                .anyMatch(connector -> connector.connector().equals(UNKNOWN))) {
            out.println("unknown: nothing in the input tells the connector of these. Extended reports and trace details"
                    + " name it,");
            out.println("and --connectors FILE finds it by smart host or recipient domain.");
        }
    }

    private static String queueNow(Alert alert, List<Analysis.Connector> connectors, Instant asOf) {
        ConnectorHealth.@Nullable Queue queue = connectors.stream()
                .filter(connector -> connector.tenant().equals(alert.tenant())
                        && connector.connector().equals(alert.connector()))
                .map(Analysis.Connector::queue)
                .findFirst()
                .orElse(null);
        return queue == null
                ? "empty"
                : AlertText.queue(queue.recipients(), queue.expiring(), queue.nextDeadline(), asOf);
    }

    private static int nameWidth(List<Analysis.Connector> connectors) {
        return Math.max(
                "CONNECTORS".length(),
                connectors.stream()
                        .mapToInt(connector -> where(connector).length())
                        .filter(length -> length <= WIDEST_NAME)
                        .max()
                        .orElse(0));
    }

    private static String name(Analysis.Connector connector, int width) {
        String name = where(connector);
        return name.length() <= width ? padded(name, width) : name + System.lineSeparator() + " ".repeat(width);
    }

    private static String where(Analysis.Connector connector) {
        return AlertText.where(connector.tenant(), connector.connector());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
