package io.mailflow.monitor;

import io.mailflow.alerting.CodeActivity;
import io.mailflow.alerting.CodeQueue;
import io.mailflow.alerting.ConnectorView;
import io.mailflow.alerting.HourWindow;
import io.mailflow.alerting.MissingHour;
import io.mailflow.alerting.QueueOutlook;
import io.mailflow.alerting.Traffic;
import io.mailflow.config.AlertSettings;
import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import io.mailflow.schema.Alert.Deadlines;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Expiring;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at one connector at one instant of event time, in the words of alerting. */
final class ConnectorViews {

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long WEEK_MS = Duration.ofDays(7).toMillis();
    private static final int[] HORIZONS_HOURS = {1, 4, 12, 24};
    private static final int MOST_DEADLINES = 12;

    /** No lifetime is anywhere near as long. */
    private static final int FARTHEST_DEADLINE_HOURS = 24 * 60;

    private static final int WINDOWS_JUDGED = 3;
    private static final int WINDOWS_PER_HOUR = 12;

    private final Windows windows;
    private final QueueIndex queue;
    private final AlertSettings settings;

    ConnectorViews(Windows windows, QueueIndex queue, AlertSettings settings) {
        this.windows = windows;
        this.queue = queue;
        this.settings = settings;
    }

    /** Everything known about the connector. */
    ConnectorView view(ConnectorKey connector, ConnectorState state, Optional<ConnectorEntry> entry, long atMs) {
        AlertSettings thresholds =
                entry.map(known -> settings.overriddenBy(known.thresholds())).orElse(settings);
        Instant at = Instant.ofEpochMilli(atMs);
        long hourMs = WindowSize.HOUR.startMs(atMs);
        SortedMap<String, CodeQueue> queues = queues(connector, state, atMs, thresholds);
        StandingAttempts.Newest newest = newest(connector, state, atMs);
        return new ConnectorView(
                connector.tenant(),
                connector.name(),
                at,
                entry.map(ConnectorEntry::type).orElse(ConnectorType.UNKNOWN),
                entry.map(ConnectorEntry::relation).orElse(null),
                thresholds,
                traffic(connector, state, atMs, WINDOWS_JUDGED),
                traffic(connector, state, atMs, WINDOWS_PER_HOUR),
                hour(connector, state, hourMs),
                hour(connector, state, hourMs - HOUR_MS),
                queues,
                instant(newest.deliveredMs()),
                instant(newest.failedMs()),
                activity(connector, state, atMs, thresholds.resolveAfter().toMillis()),
                drained(state, queues),
                missing(connector, newest, hourMs - HOUR_MS),
                entry.map(known -> known.maintenanceUntil(at)).orElse(null));
    }

    /** The newest attempts that stand. */
    StandingAttempts.Newest newest(ConnectorKey connector, ConnectorState state, long atMs) {
        return StandingAttempts.newest(windows, connector, state, atMs);
    }

    /** The hour that began at an instant, if no attempt was made since then. */
    private @Nullable MissingHour missing(ConnectorKey connector, StandingAttempts.Newest newest, long startMs) {
        if (newest.attemptMs() == Long.MIN_VALUE || newest.attemptMs() >= startMs) {
            return null;
        }
        CodeKey whole = new CodeKey(connector, AttemptSum.WHOLE_CONNECTOR);
        long usual = Long.MAX_VALUE;
        for (int week = 1; week <= MissingHour.WEEKS && usual > 0; week++) {
            WindowState hour = windows.get(new WindowRef(whole, WindowSize.HOUR, startMs - week * WEEK_MS));
            usual = Math.min(usual, hour.delivered() + hour.failed());
        }
        return new MissingHour(Instant.ofEpochMilli(startMs), usual);
    }

    private static SortedMap<String, Instant> drained(ConnectorState state, SortedMap<String, CodeQueue> queues) {
        SortedMap<String, Instant> drained = new TreeMap<>();
        state.codes().forEach((code, codeState) -> {
            CodeQueue queue = queues.get(code);
            if (codeState.drainedMs() != Long.MIN_VALUE && (queue == null || queue.recipients() == 0)) {
                drained.put(code, Instant.ofEpochMilli(codeState.drainedMs()));
            }
        });
        return drained;
    }

    /** Causes of a code in the last hour, else those of its present activity. */
    Causes causes(CodeKey key, CodeState state, long atMs) {
        Causes causes = Causes.sum(last(key, atMs, WINDOWS_PER_HOUR).stream().map(WindowState::causes));
        return causes.isEmpty() ? state.causes() : causes;
    }

    /** Failures of a code as health tells of them. */
    ConnectorHealth.CodeFailures failures(CodeKey key, CodeState state, long atMs) {
        StandingAttempts standing = new StandingAttempts(windows, key, atMs);
        return new ConnectorHealth.CodeFailures(
                key.code(),
                state.attempts(),
                state.messages(),
                state.recipients(),
                Instant.ofEpochMilli(standing.firstFailure(state.firstMs(), state.lastMs())),
                Instant.ofEpochMilli(
                        standing.lastFailure(state.lastMs(), state.attempts()).orElse(state.lastMs())));
    }

    /** When the queued recipients of a code expire. */
    QueueOutlook outlook(CodeKey key, long atMs) {
        Series deadlines = new Series(key, Dimension.DEADLINE);
        long total = queue.total(deadlines);
        List<Deadlines> next = new ArrayList<>();
        long before = queue.before(deadlines, atMs);
        for (int hour = 0; hour < FARTHEST_DEADLINE_HOURS && before < total && next.size() < MOST_DEADLINES; hour++) {
            long fromMs = atMs + hour * HOUR_MS;
            long through = queue.before(deadlines, fromMs + HOUR_MS);
            if (through > before) {
                next.add(new Deadlines(
                        Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(fromMs + HOUR_MS), through - before));
            }
            before = through;
        }
        return new QueueOutlook(expiring(List.of(key), atMs), next);
    }

    /** Recipients of some codes that expire within 1, 4, 12 and 24 hours, overdue ones included. */
    List<Expiring> expiring(List<CodeKey> keys, long atMs) {
        List<Expiring> expiring = new ArrayList<>(HORIZONS_HOURS.length);
        for (int hours : HORIZONS_HOURS) {
            long recipients = keys.stream()
                    .mapToLong(key -> queue.upTo(new Series(key, Dimension.DEADLINE), atMs + hours * HOUR_MS))
                    .sum();
            expiring.add(new Expiring(hours, recipients));
        }
        return expiring;
    }

    /** The sentinels of "never" are null. */
    static @Nullable Instant instant(long ms) {
        return ms == Long.MIN_VALUE || ms == Long.MAX_VALUE ? null : Instant.ofEpochMilli(ms);
    }

    /** The last whole 5-minute windows that ended at or before an instant, counted for a connector. */
    private Traffic traffic(ConnectorKey connector, ConnectorState state, long atMs, int count) {
        long endMs = WindowSize.FIVE_MINUTES.startMs(atMs);
        long startMs = endMs - count * WindowSize.FIVE_MINUTES.sizeMs();
        long delivered = state.lastDeliveredMs() < startMs
                ? 0
                : last(new CodeKey(connector, AttemptSum.WHOLE_CONNECTOR), atMs, count).stream()
                        .mapToLong(WindowState::delivered)
                        .sum();
        SortedMap<String, Long> failed = new TreeMap<>();
        state.codes().forEach((code, codeState) -> {
            if (codeState.lastMs() >= startMs) {
                long attempts = last(new CodeKey(connector, code), atMs, count).stream()
                        .mapToLong(WindowState::failed)
                        .sum();
                if (attempts > 0) {
                    failed.put(code, attempts);
                }
            }
        });
        return new Traffic(Instant.ofEpochMilli(startMs), Instant.ofEpochMilli(endMs), delivered, failed);
    }

    private Collection<WindowState> last(CodeKey key, long atMs, int count) {
        long endMs = WindowSize.FIVE_MINUTES.startMs(atMs);
        long startMs = endMs - count * WindowSize.FIVE_MINUTES.sizeMs();
        return windows.get(key, WindowSize.FIVE_MINUTES, startMs, endMs);
    }

    private HourWindow hour(ConnectorKey connector, ConnectorState state, long startMs) {
        SortedMap<String, Long> failedByCode = new TreeMap<>();
        if (Math.max(state.lastDeliveredMs(), state.lastFailedMs()) < startMs) {
            return new HourWindow(Instant.ofEpochMilli(startMs), 0, 0, 0, failedByCode);
        }
        WindowState whole = windows.get(
                new WindowRef(new CodeKey(connector, AttemptSum.WHOLE_CONNECTOR), WindowSize.HOUR, startMs));
        state.codes().forEach((code, codeState) -> {
            if (codeState.lastMs() >= startMs) {
                long failed = windows.get(new WindowRef(new CodeKey(connector, code), WindowSize.HOUR, startMs))
                        .failed();
                if (failed > 0) {
                    failedByCode.put(code, failed);
                }
            }
        });
        return new HourWindow(
                Instant.ofEpochMilli(startMs), whole.delivered(), whole.failed(), whole.messages(), failedByCode);
    }

    private SortedMap<String, CodeQueue> queues(
            ConnectorKey connector, ConnectorState state, long atMs, AlertSettings thresholds) {
        SortedMap<String, CodeQueue> queues = new TreeMap<>();
        for (String code : state.codes().keySet()) {
            CodeKey key = new CodeKey(connector, code);
            Series deadlines = new Series(key, Dimension.DEADLINE);
            Series since = new Series(key, Dimension.SINCE);
            Series expired = new Series(key, Dimension.EXPIRED);
            long recipients = queue.total(deadlines);
            long expiredLastHour =
                    queue.total(expired) == 0 ? 0 : queue.upTo(expired, atMs) - queue.upTo(expired, atMs - HOUR_MS);
            if (recipients != 0 || expiredLastHour != 0) {
                queues.put(
                        code,
                        new CodeQueue(
                                code,
                                recipients,
                                queue.before(
                                        since, atMs - thresholds.backlogAge().toMillis()),
                                within(deadlines, atMs, thresholds.expiryWarning()),
                                within(deadlines, atMs, thresholds.expiryHigh()),
                                within(deadlines, atMs, thresholds.expiryCritical()),
                                within(deadlines, atMs, Duration.ZERO),
                                expiredLastHour,
                                first(Stream.of(since)),
                                first(Stream.of(deadlines))));
            }
        }
        return queues;
    }

    /** The earliest instant of some series, null if they are empty. */
    @Nullable
    Instant first(Stream<Series> series) {
        OptionalLong first =
                series.map(queue::first).flatMapToLong(OptionalLong::stream).min();
        return first.isPresent() ? Instant.ofEpochMilli(first.getAsLong()) : null;
    }

    private long within(Series deadlines, long atMs, Duration horizon) {
        return queue.upTo(deadlines, atMs + horizon.toMillis());
    }

    private SortedMap<String, CodeActivity> activity(
            ConnectorKey connector, ConnectorState state, long atMs, long quietMs) {
        SortedMap<String, CodeActivity> activity = new TreeMap<>();
        state.codes().forEach((code, codeState) -> {
            if (codeState.lastMs() != Long.MIN_VALUE) {
                CodeKey key = new CodeKey(connector, code);
                activity.put(
                        code, new FailureRuns(windows, key, codeState.lastMs(), codeState.attempts(), atMs, quietMs));
            }
        });
        return activity;
    }
}
