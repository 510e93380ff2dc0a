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
import java.util.TreeMap;

/** Writes the record that tells of a connector now. */
final class HealthReport {

    private static final Comparator<ConnectorHealth.CodeFailures> MOST_ATTEMPTS_FIRST = Comparator.comparingLong(
                    ConnectorHealth.CodeFailures::attempts)
            .reversed()
            .thenComparing(ConnectorHealth.CodeFailures::code);

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
        return new ConnectorHealth(
                connector.tenant(),
                connector.name(),
                type,
                Instant.ofEpochMilli(atMs),
                new ConnectorHealth.Attempts(state.delivered(), state.failed()),
                failures(state),
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
                ConnectorViews.instant(state.lastDeliveredMs()),
                ConnectorViews.instant(state.lastFailedMs()));
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

    private static List<ConnectorHealth.CodeFailures> failures(ConnectorState state) {
        return state.codes().entrySet().stream()
                .filter(code -> code.getValue().hasFailed())
                .map(code -> new ConnectorHealth.CodeFailures(
                        code.getKey(),
                        code.getValue().attempts(),
                        code.getValue().messages(),
                        code.getValue().recipients(),
                        Instant.ofEpochMilli(code.getValue().firstMs()),
                        Instant.ofEpochMilli(code.getValue().lastMs())))
                .sorted(MOST_ATTEMPTS_FIRST)
                .toList();
    }
}
