package io.mailflow.cli;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Remediation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts as people read them on a terminal. Times are UTC. */
final class AlertText {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What a last error may take: one line beside its label. */
    private static final int ERROR_LENGTH = 84;

    /** Begins the last error in Exchange's container {@code [{LED=…};{MSG=…};…]}. */
    private static final String LED = "LED=";

    private static final Pattern ISO_DURATION = Pattern.compile("\\bPT[0-9][0-9HMS.]*\\b");

    /** The tenant of events whose input names none; telling it tells nothing. */
    private static final String NO_TENANT = "default";

    private AlertText() {}

    /** An instant to the minute. */
    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** A duration in its two largest units: {@code 1 d 4 h}, {@code 3 h 12 min}, {@code 40 s}. */
    static String duration(Duration duration) {
        Duration positive = duration.abs();
        if (positive.toDays() > 0) {
            return positive.toDays() + " d" + part(positive.toHoursPart(), "h");
        }
        if (positive.toHours() > 0) {
            return positive.toHours() + " h" + part(positive.toMinutesPart(), "min");
        }
        return positive.toMinutes() > 0 ? positive.toMinutes() + " min" : positive.toSeconds() + " s";
    }

    private static String part(int value, String unit) {
        return value == 0 ? "" : " " + value + " " + unit;
    }

    /** The connector, with its tenant where the input names one. */
    static String where(String tenant, String connector) {
        return tenant.equals(NO_TENANT) ? connector : tenant + " / " + connector;
    }

    /** One line: when, what happened to the alert, how bad, where and why. */
    static String line(Alert alert) {
        return line(alert, 0);
    }

    /** The same line, with room for a connector of so many characters. */
    static String line(Alert alert, int connectorWidth) {
        String what = alert.publication().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String how = alert.state() == AlertState.RESOLVED && alert.resolution() != null
                ? " (" + alert.resolution().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")"
                : "";
        String where = where(alert.tenant(), alert.connector());
        return "%s  %-9s  %-8s  %s%s  %s  %s%s"
                .formatted(
                        minute(alert.changedAt()),
                        what,
                        severity(alert),
                        where,
                        " ".repeat(Math.max(0, connectorWidth - where.length())),
                        alert.code(),
                        alert.reasons().stream().map(AlertText::word).collect(Collectors.joining(", ")),
                        how);
    }

    /** One line about an alert that is not news: since when, how bad, where and why. */
    static String standing(Alert alert) {
        return "since %s  %-8s %s  %s  %s"
                .formatted(
                        minute(alert.since()),
                        severity(alert),
                        where(alert.tenant(), alert.connector()),
                        alert.code(),
                        alert.reasons().stream().map(AlertText::word).collect(Collectors.joining(", ")));
    }

    /** The whole alert as it was published: what is wrong and how bad it is first, then what to do. */
    static String block(Alert alert) {
        return block(alert, null);
    }

    /**
     * The whole alert, read later than it was published.
     *
     * @param queueNow the connector's queue by now, or null where nothing newer than the alert is known
     */
    static String block(Alert alert, @Nullable String queueNow) {
        TextPage page = new TextPage(2);
        Remediation remedy = alert.remediation();
        Alert.Evidence evidence = alert.evidence();
        page.heading("%s  %s  %s  %s"
                .formatted(
                        severity(alert).toUpperCase(Locale.ROOT),
                        where(alert.tenant(), alert.connector()),
                        alert.code(),
                        withoutCode(remedy.title(), alert.code())));
        page.line("since", since(alert));
        if (queueNow == null) {
            page.line("queue", queue(evidence.queue(), alert.changedAt()));
        } else {
            page.line("queue now", queueNow);
            page.line("published", minute(alert.changedAt()) + ", with what was true then:");
        }
        page.list(
                "why",
                alert.reasons().stream().map(reason -> why(alert, reason)).toList());
        page.list(
                "servers",
                evidence.destinations().stream()
                        .limit(3)
                        .map(AlertText::destination)
                        .toList());
        if (evidence.lastError() != null) {
            page.line("last error", shortened(evidence.lastError()));
        }
        page.line(
                "who acts",
                TextPage.owner(remedy.owner()) + (remedy.cause() == null ? "" : "; cause " + remedy.cause()));
        page.list("likely", remedy.causes());
        page.heading("  What to do");
        page.steps(remedy.steps());
        page.ending(remedy.takesEffect(), remedy.verify());
        return page.toString().stripTrailing();
    }

    /** How many recipients wait and how many of them are lost when, seen from an instant. */
    static String queue(long recipients, List<Expiring> expiring, @Nullable Instant nextDeadline, Instant at) {
        if (recipients == 0) {
            return "empty";
        }
        StringBuilder text =
                new StringBuilder("%,d %s".formatted(recipients, recipients == 1 ? "recipient" : "recipients"));
        if (nextDeadline != null) {
            Duration left = Duration.between(at, nextDeadline);
            text.append("; the first ")
                    .append(
                            left.isNegative()
                                    ? "should have expired " + duration(left) + " ago"
                                    : "expires in " + duration(left))
                    .append(" (")
                    .append(minute(nextDeadline))
                    .append(")");
        }
        String within = within(expiring);
        return within.isEmpty() ? text.toString() : text + "; " + within;
    }

    private static String within(List<Expiring> expiring) {
        List<String> horizons = new ArrayList<>();
        long before = 0;
        for (Expiring horizon : expiring) {
            // Cumulative counts: a longer horizon that adds nobody says nothing.
            if (horizon.recipients() > before) {
                horizons.add("%,d within %d h".formatted(horizon.recipients(), horizon.withinHours()));
                before = horizon.recipients();
            }
        }
        return String.join(", ", horizons);
    }

    private static String queue(Alert.Queue queue, Instant at) {
        String now = queue(queue.recipients(), queue.expiring(), queue.nextDeadline(), at);
        return queue.expiredLastHour() == 0
                ? now
                : now + "; %,d expired in the last hour".formatted(queue.expiredLastHour());
    }

    private static String since(Alert alert) {
        return minute(alert.since()) + " UTC; opened " + minute(alert.openedAt());
    }

    private static String why(Alert alert, Reason reason) {
        return word(reason)
                + alert.evidence().thresholds().stream()
                        .filter(measure -> measure.reason() == reason)
                        .map(AlertText::measure)
                        .collect(Collectors.joining("; ", " (", ")"));
    }

    private static String measure(Alert.Measure measure) {
        if (measure.measure().startsWith("minutes since")) {
            return "not for the last " + duration(Duration.ofMinutes((long) measure.value()))
                    + ", but nothing shows that it is over";
        }
        boolean share = measure.measure().contains("share");
        String name =
                ISO_DURATION.matcher(measure.measure()).replaceAll(match -> duration(Duration.parse(match.group())));
        return "%s: %s, limit %s".formatted(name, number(measure.value(), share), number(measure.threshold(), share));
    }

    private static String number(double value, boolean share) {
        return share ? "%.0f%%".formatted(value * 100) : "%,d".formatted((long) value);
    }

    /** The error itself, without the container around it, in one line. */
    private static String shortened(String error) {
        String inside = error.substring(error.contains(LED) ? error.indexOf(LED) + LED.length() : 0);
        int end = inside.indexOf("};");
        String line = (end < 0 ? inside : inside.substring(0, end))
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= ERROR_LENGTH ? line : line.substring(0, ERROR_LENGTH - 1) + "…";
    }

    /** The code stands in front already. */
    private static String withoutCode(String title, String code) {
        String end = " (" + code + ")";
        return title.endsWith(end) ? title.substring(0, title.length() - end.length()) : title;
    }

    private static String severity(Alert alert) {
        return alert.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String destination(Alert.FailingDestination destination) {
        String server = destination.host() == null ? "" : destination.host();
        String ip = destination.ip() == null ? "" : (server.isEmpty() ? "" : " ") + "[" + destination.ip() + "]";
        String name = (server + ip).isEmpty() ? "unknown" : server + ip;
        return "%s, %,d failed attempts".formatted(name, destination.attempts());
    }
}
