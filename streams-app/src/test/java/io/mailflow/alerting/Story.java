package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static io.mailflow.alerting.Times.hours;
import static io.mailflow.alerting.Times.minutes;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one connector, as a test tells it, and what the policies make of it minute by minute. Every view is
 * counted anew from what was told.
 */
final class Story {

    private static final Duration LIFETIME = hours(24);
    private static final Duration MARGIN = minutes(30);

    private record Attempt(Instant at, @Nullable String code, String message) {
        boolean delivered() {
            return code == null;
        }
    }

    private record Queued(String code, int recipients, Instant since, Instant left, boolean expired) {
        Instant deadline() {
            return since.plus(LIFETIME);
        }

        boolean isQueued(Instant at) {
            return !since.isAfter(at) && left.isAfter(at);
        }
    }

    private final String connector;
    private final ConnectorType type;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Queued> queued = new ArrayList<>();
    private final Map<String, TreeMap<Instant, FirstCause>> causes = new HashMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final SortedMap<String, Episode> open = new TreeMap<>();
    private AlertSettings thresholds = AlertSettings.DEFAULT;
    private @Nullable Instant maintenanceStart;
    private @Nullable Instant maintenanceEnd;

    private Story(String connector, ConnectorType type) {
        this.connector = connector;
        this.type = type;
    }

    static Story of(ConnectorType type) {
        return new Story("Outbound to Datacentre", type);
    }

    static Story ofUnknownConnector() {
        return new Story(ConnectorSource.UNKNOWN_CONNECTOR, ConnectorType.UNKNOWN);
    }

    Story thresholds(AlertSettings settings) {
        thresholds = settings;
        return this;
    }

    /** One failed attempt of a new message at {@code from}, and every {@code step} after it before {@code to}. */
    Story fails(String code, String from, String to, Duration step) {
        each(from, to, step, instant -> attempts.add(new Attempt(instant, code, "m" + attempts.size())));
        return this;
    }

    /** One delivered attempt at {@code from}, and every {@code step} after it before {@code to}. */
    Story delivers(String from, String to, Duration step) {
        each(from, to, step, instant -> attempts.add(new Attempt(instant, null, "m" + attempts.size())));
        return this;
    }

    /** Recipients deferred at {@code since} that leave the queue at {@code left} without expiring. */
    Story queues(String code, int recipients, String since, String left) {
        queued.add(new Queued(code, recipients, at(since), at(left), false));
        return this;
    }

    /** Recipients deferred at {@code since} that nobody ever takes: given up after their lifetime and the margin. */
    Story queuesUntilExpiry(String code, int recipients, String since) {
        Instant first = at(since);
        queued.add(new Queued(code, recipients, first, first.plus(LIFETIME).plus(MARGIN), true));
        return this;
    }

    /** Announced work. */
    Story maintenance(String start, String end) {
        maintenanceStart = at(start);
        maintenanceEnd = at(end);
        return this;
    }

    /** From {@code from} on the evidence names this cause. */
    Story cause(String code, String from, @Nullable String cause, Owner owner) {
        causes.computeIfAbsent(code, any -> new TreeMap<>()).put(at(from), new FirstCause(cause, owner));
        return this;
    }

    /** Evaluates every minute from {@code from} to {@code to}, both included. */
    Story played(String from, String to) {
        for (Instant now = at(from); !now.isAfter(at(to)); now = now.plus(minutes(1))) {
            evaluate(now);
        }
        return this;
    }

    /** Evaluates once, as at the final clock. */
    Story evaluate(Instant now) {
        for (Decision decision : new AlertPolicy().decide(view(now), Map.copyOf(open), code -> causeOf(code, now))) {
            decisions.add(decision);
            Episode episode = decision.episode();
            if (decision instanceof Decision.Resolve) {
                open.remove(episode.code());
            } else {
                open.put(episode.code(), episode);
            }
        }
        return this;
    }

    /** Every publication: {@code 5 08:15 opened high 450 4.4.316 [connector-down]}. */
    List<String> published() {
        return publications().map(Story::line).toList();
    }

    Stream<Decision.Published> publications() {
        return decisions.stream().filter(Decision.Published.class::isInstance).map(Decision.Published.class::cast);
    }

    List<Measure> measures(int publication) {
        return publications().toList().get(publication).grounds().measures();
    }

    /** Why the last evaluation decided as it did about a code. */
    Why lastWhy(String code) {
        return decisions.stream()
                .filter(decision -> decision.episode().code().equals(code))
                .reduce((a, b) -> b)
                .orElseThrow()
                .why();
    }

    SortedMap<String, Episode> open() {
        return open;
    }

    List<Severity> severities() {
        return decisions.stream().map(decision -> decision.episode().severity()).toList();
    }

    ConnectorView view(Instant now) {
        Instant lastWhole = floor(now, minutes(5));
        Instant hour = floor(now, hours(1));
        SortedMap<String, CodeQueue> queues = new TreeMap<>();
        queued.forEach(each -> queues.computeIfAbsent(each.code(), code -> queue(code, now)));
        queues.values().removeIf(queue -> queue.recipients() == 0 && queue.expiredLastHour() == 0);
        SortedMap<String, Failures> activity = new TreeMap<>();
        @Nullable Instant delivered = null;
        @Nullable Instant failed = null;
        for (Attempt attempt : attempts.stream()
                .filter(attempt -> attempt.at().isBefore(now))
                .sorted((a, b) -> a.at().compareTo(b.at()))
                .toList()) {
            if (attempt.delivered()) {
                delivered = attempt.at();
            } else {
                failed = attempt.at();
                activity.merge(
                        attempt.code(),
                        new Failures(failed, failed, 1),
                        (before, last) -> new Failures(
                                before.lastCounted()
                                                .plus(thresholds.resolveAfter())
                                                .isBefore(last.lastCounted())
                                        ? last.lastCounted()
                                        : before.first(),
                                last.lastCounted(),
                                before.attempts() + 1));
            }
        }
        return new ConnectorView(
                "contoso",
                connector,
                now,
                type,
                null,
                thresholds,
                traffic(lastWhole.minus(minutes(15)), lastWhole),
                traffic(lastWhole.minus(hours(1)), lastWhole),
                hourWindow(hour, now),
                hourWindow(hour.minus(hours(1)), now),
                queues,
                delivered,
                failed,
                new TreeMap<>(activity),
                drained(now),
                null,
                maintenanceUntil(now));
    }

    /** When the queue of each code became empty, at the evaluation that saw it. */
    private SortedMap<String, Instant> drained(Instant now) {
        SortedMap<String, Instant> drained = new TreeMap<>();
        queued.stream()
                .filter(each -> !each.left().isAfter(now))
                .forEach(each -> drained.merge(each.code(), ceiling(each.left()), (a, b) -> a.isAfter(b) ? a : b));
        return drained;
    }

    private static Instant ceiling(Instant instant) {
        Instant minute = floor(instant, minutes(1));
        return minute.equals(instant) ? minute : minute.plus(minutes(1));
    }

    private @Nullable Instant maintenanceUntil(Instant now) {
        return maintenanceStart != null
                        && maintenanceEnd != null
                        && !now.isBefore(maintenanceStart)
                        && now.isBefore(maintenanceEnd)
                ? maintenanceEnd
                : null;
    }

    private CodeQueue queue(String code, Instant now) {
        List<Queued> here = queued.stream()
                .filter(each -> each.code().equals(code) && each.isQueued(now))
                .toList();
        return new CodeQueue(
                code,
                recipients(here.stream()),
                recipients(here.stream()
                        .filter(each ->
                                each.since().plus(thresholds.backlogAge()).isBefore(now))),
                expiring(here, now.plus(thresholds.expiryWarning())),
                expiring(here, now.plus(thresholds.expiryHigh())),
                expiring(here, now.plus(thresholds.expiryCritical())),
                expiring(here, now),
                recipients(queued.stream()
                        .filter(each -> each.code().equals(code) && each.expired())
                        .filter(each -> !each.left().isAfter(now) && each.left().isAfter(now.minus(hours(1))))),
                here.stream().map(Queued::since).min(Instant::compareTo).orElse(null),
                here.stream().map(Queued::deadline).min(Instant::compareTo).orElse(null));
    }

    private static long expiring(List<Queued> queue, Instant until) {
        return recipients(queue.stream().filter(each -> !each.deadline().isAfter(until)));
    }

    private static long recipients(Stream<Queued> queue) {
        return queue.mapToLong(Queued::recipients).sum();
    }

    private Traffic traffic(Instant start, Instant end) {
        SortedMap<String, Long> failed = new TreeMap<>();
        long delivered = 0;
        for (Attempt attempt : attempts) {
            if (!attempt.at().isBefore(start) && attempt.at().isBefore(end)) {
                if (attempt.delivered()) {
                    delivered++;
                } else {
                    failed.merge(attempt.code(), 1L, Long::sum);
                }
            }
        }
        return new Traffic(start, end, delivered, failed);
    }

    private HourWindow hourWindow(Instant start, Instant now) {
        Instant end = start.plus(hours(1)).isAfter(now) ? now : start.plus(hours(1));
        Traffic traffic = traffic(start, end);
        Set<String> messages = new HashSet<>();
        attempts.stream()
                .filter(attempt -> !attempt.delivered())
                .filter(attempt -> !attempt.at().isBefore(start) && attempt.at().isBefore(end))
                .forEach(attempt -> messages.add(attempt.message()));
        return new HourWindow(start, traffic.delivered(), traffic.failed(), messages.size(), traffic.failedByCode());
    }

    private FirstCause causeOf(String code, Instant now) {
        Map.Entry<Instant, FirstCause> named =
                causes.getOrDefault(code, new TreeMap<>()).floorEntry(now);
        return named == null ? new FirstCause(null, Owner.OUR_ADMIN) : named.getValue();
    }

    private static void each(String from, String to, Duration step, Consumer<Instant> told) {
        for (Instant instant = at(from); instant.isBefore(at(to)); instant = instant.plus(step)) {
            told.accept(instant);
        }
    }

    private static Instant floor(Instant instant, Duration size) {
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), size.toSeconds()) * size.toSeconds());
    }

    private static String line(Decision.Published decision) {
        Episode episode = decision.episode();
        String how = episode.resolution() == null ? "" : " " + name(episode.resolution());
        return "%s %s%s %s %s %s"
                .formatted(
                        Times.text(episode.publishedAt()),
                        name(decision.publication()),
                        how,
                        name(episode.severity()),
                        episode.code(),
                        episode.reasons().stream().map(Story::name).toList());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
