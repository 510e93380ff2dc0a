package io.mailflow.monitor;

import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the record that tells of a connector now. */
final class HealthReport {

    private static final Comparator<Map.Entry<String, CodeState>> MOST_ATTEMPTS_FIRST = Comparator.comparingLong(
                    (Map.Entry<String, CodeState> code) -> code.getValue().attempts())
            .reversed()
            .thenComparing(Map.Entry.comparingByKey());

    /** Codes listed, far more than mail servers give: anybody can invent as many as he likes. */
    static final int MOST_CODES = 200;

    private static final Duration HOUR = Duration.ofHours(1);

    private final ConnectorViews views;
    private final QueueIndex queue;

    HealthReport(ConnectorViews views, QueueIndex queue) {
        this.views = views;
        this.queue = queue;
    }

    /** The connector as everything up to an instant of event time left it. */
    ConnectorHealth of(ConnectorKey connector, ConnectorState state, ConnectorType type, long atMs) {
        List<CodeKey> keys = state.codes().keySet().stream()
                .map(code -> new CodeKey(connector, code))
                .toList();
        StandingAttempts.Newest newest = views.newest(connector, state, atMs);
        List<String> failing = failing(state);
        return new ConnectorHealth(
                connector.tenant(),
                connector.name(),
                type,
                Instant.ofEpochMilli(atMs),
                new ConnectorHealth.Attempts(state.delivered(), state.failed()),
                failing.stream()
                        .limit(MOST_CODES)
                        .map(code -> views.failures(new CodeKey(connector, code), state.code(code), atMs))
                        .toList(),
                unlisted(state, failing),
                new ConnectorHealth.Queue(
                        state.queuedMessages(),
                        keys.stream()
                                .mapToLong(key -> queue.total(new Series(key, Dimension.DEADLINE)))
                                .sum(),
                        views.first(keys.stream().map(key -> new Series(key, Dimension.SINCE))),
                        views.first(keys.stream().map(key -> new Series(key, Dimension.DEADLINE))),
                        views.expiring(keys, atMs),
                        deadlines(keys),
                        state.expired()),
                ConnectorViews.instant(newest.deliveredMs()),
                ConnectorViews.instant(newest.failedMs()));
    }

    private List<ConnectorHealth.Deadlines> deadlines(List<CodeKey> keys) {
        TreeMap<Instant, Long> hours = new TreeMap<>();
        keys.forEach(key ->
                queue.deadlinesByHour(key).forEach((hour, recipients) -> hours.merge(hour, recipients, Long::sum)));
        return hours.entrySet().stream()
                .map(hour -> new ConnectorHealth.Deadlines(
                        hour.getKey(), hour.getKey().plus(HOUR), hour.getValue()))
                .toList();
    }

    private static ConnectorHealth.@Nullable Unlisted unlisted(ConnectorState state, List<String> failing) {
        return failing.size() <= MOST_CODES
                ? null
                : new ConnectorHealth.Unlisted(
                        failing.size() - MOST_CODES,
                        failing.stream()
                                .skip(MOST_CODES)
                                .mapToLong(code -> state.code(code).attempts())
                                .sum());
    }

    /** The codes with failures, most attempts first. */
    private static List<String> failing(ConnectorState state) {
        return state.codes().entrySet().stream()
                .filter(code -> code.getValue().hasFailed())
                .sorted(MOST_ATTEMPTS_FIRST)
                .map(Map.Entry::getKey)
                .toList();
    }
}
