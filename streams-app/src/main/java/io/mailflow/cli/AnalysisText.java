package io.mailflow.cli;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorHealth;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An analysis as people read it: accounting, connectors, the time line of alerts, what to do. */
final class AnalysisText {

    private final PrintWriter out;

    AnalysisText(PrintWriter out) {
        this.out = out;
    }

    void print(Analysis analysis) {
        Analysis.Input input = analysis.input();
        out.printf(
                "Read %,d rows: %,d events, of which %,d counted, %,d duplicates, %,d not outbound attempts, %,d late,"
                        + " %,d after the final clock; %,d rows unreadable.%n",
                input.rows(),
                input.events(),
                input.counted(),
                input.duplicates(),
                input.notAttempts(),
                input.late(),
                input.afterAsOf(),
                input.unreadable());
        out.printf("As of %s UTC.%n%n", AlertText.minute(analysis.asOf()));
        connectors(analysis);
        alerts(analysis.alertEvents());
        remedies(analysis.alerts());
        out.flush();
    }

    private void connectors(Analysis analysis) {
        out.println("CONNECTORS");
        if (analysis.connectors().isEmpty()) {
            out.println("  none with an outbound attempt, a queue or an expiry");
        }
        for (Analysis.Connector connector : analysis.connectors()) {
            ConnectorHealth.Queue queue = connector.queue();
            out.printf(
                    "  %s / %s%n    attempts: %,d delivered, %,d failed%n",
                    connector.tenant(),
                    connector.connector(),
                    connector.attempts().delivered(),
                    connector.attempts().failed());
            if (!connector.failures().isEmpty()) {
                out.printf(
                        "    %-14s %10s %10s %11s   %-16s   %s%n",
                        "code", "attempts", "messages", "recipients", "first", "last");
            }
            for (ConnectorHealth.CodeFailures failures : connector.failures()) {
                out.printf(
                        "    %-14s %,10d %,10d %,11d   %-16s   %s%n",
                        failures.code(),
                        failures.attempts(),
                        failures.messages(),
                        failures.recipients(),
                        AlertText.minute(failures.first()),
                        AlertText.minute(failures.last()));
            }
            out.printf(
                    "    queued now: %,d messages, %,d recipients%s%s; expired: %,d recipients%n",
                    queue.messages(),
                    queue.recipients(),
                    oldest(queue.oldestSince(), analysis.asOf()),
                    next(queue.nextDeadline(), analysis.asOf()),
                    queue.expired());
        }
        out.println();
    }

    private static String oldest(@Nullable Instant since, Instant asOf) {
        return since == null
                ? ""
                : "; oldest since " + AlertText.minute(since) + " (" + AlertText.duration(Duration.between(since, asOf))
                        + ")";
    }

    private static String next(@Nullable Instant deadline, Instant asOf) {
        if (deadline == null) {
            return "";
        }
        Duration left = Duration.between(asOf, deadline);
        return "; next deadline " + AlertText.minute(deadline) + (left.isNegative() ? " (overdue for " : " (in ")
                + AlertText.duration(left) + ")";
    }

    private void alerts(List<Alert> events) {
        out.println("ALERTS");
        if (events.isEmpty()) {
            out.println("  none");
        }
        events.forEach(alert -> out.println("  " + AlertText.line(alert)));
        out.println();
    }

    private void remedies(List<Alert> alerts) {
        List<Alert> open = alerts.stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .sorted((left, right) -> right.severity().compareTo(left.severity()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        out.println("WHAT TO DO");
        open.forEach(alert -> {
            out.println(AlertText.block(alert));
            out.println();
        });
    }
}
