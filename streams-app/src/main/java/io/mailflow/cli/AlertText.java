package io.mailflow.cli;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Remediation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts as people read them on a terminal. Times are UTC. */
final class AlertText {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AlertText() {}

    /** An instant to the minute. */
    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** A duration in its two largest units: {@code 1 d 4 h}, {@code 3 h 12 min}, {@code 40 s}. */
    static String duration(Duration duration) {
        Duration positive = duration.abs();
        if (positive.toDays() > 0) {
            return positive.toDays() + " d " + positive.toHoursPart() + " h";
        }
        if (positive.toHours() > 0) {
            return positive.toHours() + " h " + positive.toMinutesPart() + " min";
        }
        return positive.toMinutes() > 0 ? positive.toMinutes() + " min" : positive.toSeconds() + " s";
    }

    /** One line: when, what happened to the alert, how bad, where and why. */
    static String line(Alert alert) {
        String what = alert.publication().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String how = alert.state() == AlertState.RESOLVED && alert.resolution() != null
                ? " (" + alert.resolution().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")"
                : "";
        return "%s  %-9s %-8s %s / %s  %s  %s%s"
                .formatted(
                        minute(alert.changedAt()),
                        what,
                        severity(alert),
                        alert.tenant(),
                        alert.connector(),
                        alert.code(),
                        reasons(alert),
                        how);
    }

    /** One line about an alert that is not news: since when, how bad, where and why. */
    static String standing(Alert alert) {
        return "since %s  %-8s %s / %s  %s  %s"
                .formatted(
                        minute(alert.since()),
                        severity(alert),
                        alert.tenant(),
                        alert.connector(),
                        alert.code(),
                        reasons(alert));
    }

    /** The whole alert: evidence first, then what to do. */
    static String block(Alert alert) {
        List<String> lines = new ArrayList<>();
        Remediation remedy = alert.remediation();
        Alert.Evidence evidence = alert.evidence();
        lines.add(severity(alert).toUpperCase(Locale.ROOT) + "  " + alert.tenant() + " / " + alert.connector() + "  "
                + alert.code() + "  " + remedy.title());
        lines.add("  since " + minute(alert.since()) + " UTC; " + reasons(alert) + "; " + queue(evidence, alert));
        evidence.thresholds()
                .forEach(measure -> lines.add("  measured: %s: %s (threshold %s)"
                        .formatted(measure.measure(), number(measure.value()), number(measure.threshold()))));
        evidence.destinations().stream()
                .limit(3)
                .forEach(destination -> lines.add("  destination: " + destination(destination)));
        if (evidence.lastError() != null) {
            lines.add("  last error: " + evidence.lastError().replaceAll("\\s+", " "));
        }
        lines.addAll(remedy(remedy));
        return String.join(System.lineSeparator(), lines);
    }

    /** What to do, by itself. */
    static List<String> remedy(Remediation remedy) {
        List<String> lines = new ArrayList<>();
        lines.add("  who must act: "
                + remedy.owner().name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (remedy.cause() == null ? "" : "; cause: " + remedy.cause()));
        remedy.causes().forEach(cause -> lines.add("  likely: " + cause));
        for (int i = 0; i < remedy.steps().size(); i++) {
            Remediation.Step step = remedy.steps().get(i);
            lines.add("  %d. %s".formatted(i + 1, step.text()));
            if (step.command() != null) {
                step.command().lines().forEach(command -> lines.add("       " + command));
            }
        }
        if (remedy.takesEffect() != null) {
            lines.add("  takes effect: " + remedy.takesEffect());
        }
        lines.add("  verify: " + remedy.verify());
        return lines;
    }

    private static String severity(Alert alert) {
        return alert.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String reasons(Alert alert) {
        return alert.reasons().stream()
                .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static String queue(Alert.Evidence evidence, Alert alert) {
        Alert.Queue queue = evidence.queue();
        if (queue.recipients() == 0) {
            return "nothing queued with this code";
        }
        String expiring = queue.expiring().stream()
                .filter(horizon -> horizon.recipients() > 0)
                .findFirst()
                .map(AlertText::expiring)
                .orElse("");
        return "%,d recipients queued%s%s"
                .formatted(queue.recipients(), nextDeadline(queue.nextDeadline(), alert.changedAt()), expiring);
    }

    private static String nextDeadline(@Nullable Instant deadline, Instant at) {
        if (deadline == null) {
            return "";
        }
        Duration left = Duration.between(at, deadline);
        return left.isNegative()
                ? ", the first overdue for " + duration(left)
                : ", the first expires in " + duration(left) + " (" + minute(deadline) + ")";
    }

    private static String expiring(Expiring horizon) {
        return ", %,d within %d h".formatted(horizon.recipients(), horizon.withinHours());
    }

    private static String destination(Alert.FailingDestination destination) {
        String server = destination.host() == null ? "" : destination.host();
        String ip = destination.ip() == null ? "" : (server.isEmpty() ? "" : " ") + "[" + destination.ip() + "]";
        return (server + ip).isEmpty()
                ? "unknown, %,d attempts".formatted(destination.attempts())
                : "%s%s, %,d attempts".formatted(server, ip, destination.attempts());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%,d".formatted((long) value) : "%.2f".formatted(value);
    }
}
