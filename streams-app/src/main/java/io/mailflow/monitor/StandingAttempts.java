package io.mailflow.monitor;

import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The first and the newest attempts that stand, as 5-minute windows tell: whether one stands in a window is a sum, and its
 * instants are the first and the last ever counted there. What was taken back is so forgotten at once, but for the rest of
 * its window. Further back than 5-minute windows tell, the hours do, which know no instants: an attempt is then told by the
 * beginning of its hour. Further back than hours are kept, the newest ever counted stands for ever.
 *
 * @param windows all windows
 * @param key the code, or the whole connector
 * @param atMs event time
 */
record StandingAttempts(Windows windows, CodeKey key, long atMs) {

    private static final long HOUR_MS = WindowSize.HOUR.sizeMs();
    private static final long DAY_MS = WindowSize.DAY.sizeMs();

    /** Hours are looked at as far back: less than the time for which they are kept. */
    static final Duration HOURS_KNOWN = WindowSize.HOUR.retention().minusDays(1);

    /** The newest attempts of a connector, {@link Long#MIN_VALUE} for none. */
    record Newest(long deliveredMs, long failedMs) {
        long attemptMs() {
            return Math.max(deliveredMs, failedMs);
        }
    }

    /** The newest attempts of a connector at an instant, whatever their code. */
    static Newest newest(Windows windows, ConnectorKey connector, ConnectorState state, long atMs) {
        StandingAttempts standing =
                new StandingAttempts(windows, new CodeKey(connector, AttemptSum.WHOLE_CONNECTOR), atMs);
        return new Newest(
                standing.lastDelivery(state.lastDeliveredMs(), state.delivered())
                        .orElse(Long.MIN_VALUE),
                standing.lastFailure(state.lastFailedMs(), state.failed()).orElse(Long.MIN_VALUE));
    }

    /**
     * The newest failure, none if those that stand are from before all that is known.
     *
     * @param countedMs newest that was ever counted, {@link Long#MIN_VALUE} if none
     * @param failed how many stand
     */
    OptionalLong lastFailure(long countedMs, long failed) {
        return newest(countedMs, failed, window -> window.failed() > 0, WindowState::lastFailedMs);
    }

    /** The newest success. See {@link #lastFailure}. */
    OptionalLong lastDelivery(long countedMs, long delivered) {
        return newest(countedMs, delivered, window -> window.delivered() > 0, WindowState::lastDeliveredMs);
    }

    /**
     * The earliest failure.
     *
     * @param countedMs earliest that was ever counted
     * @param lastMs newest that was ever counted
     */
    long firstFailure(long countedMs, long lastMs) {
        long startMs = WindowSize.FIVE_MINUTES.startMs(countedMs);
        if (startMs < earliestMs()) {
            return countedMs;
        }
        for (; startMs <= lastMs; startMs += HOUR_MS) {
            for (WindowState window : hour(startMs, startMs + HOUR_MS)) {
                if (window.failed() > 0) {
                    return window.firstFailedMs();
                }
            }
        }
        return countedMs;
    }

    private OptionalLong newest(
            long countedMs, long number, Predicate<WindowState> stands, ToLongFunction<WindowState> instant) {
        if (number <= 0 || countedMs == Long.MIN_VALUE) {
            return OptionalLong.empty();
        }
        long earliestMs = earliestMs();
        long endMs = WindowSize.FIVE_MINUTES.startMs(countedMs) + WindowSize.FIVE_MINUTES.sizeMs();
        while (endMs > earliestMs) {
            long startMs = Math.max(earliestMs, endMs - HOUR_MS);
            List<WindowState> hour = hour(startMs, endMs);
            for (int i = hour.size() - 1; i >= 0; i--) {
                if (stands.test(hour.get(i))) {
                    return OptionalLong.of(instant.applyAsLong(hour.get(i)));
                }
            }
            endMs = startMs;
        }
        return newestHour(countedMs, Math.min(countedMs, earliestMs - 1), stands);
    }

    /** The same among those at an instant or before it. */
    private OptionalLong newestHour(long countedMs, long untilMs, Predicate<WindowState> stands) {
        long earliestMs = WindowSize.HOUR.startMs(atMs - HOURS_KNOWN.toMillis());
        long endMs = WindowSize.HOUR.startMs(untilMs) + HOUR_MS;
        while (endMs > earliestMs) {
            long startMs = Math.max(earliestMs, endMs - DAY_MS);
            for (Map.Entry<Long, WindowState> hour : windows.look(key, WindowSize.HOUR, startMs, endMs)
                    .descendingMap()
                    .entrySet()) {
                if (stands.test(hour.getValue())) {
                    boolean isNewest = countedMs <= untilMs && WindowSize.HOUR.startMs(countedMs) == hour.getKey();
                    return OptionalLong.of(isNewest ? countedMs : hour.getKey());
                }
            }
            endMs = startMs;
        }
        return countedMs < earliestMs ? OptionalLong.of(countedMs) : OptionalLong.empty();
    }

    private List<WindowState> hour(long startMs, long endMs) {
        return new ArrayList<>(
                windows.look(key, WindowSize.FIVE_MINUTES, startMs, endMs).values());
    }

    private long earliestMs() {
        return WindowSize.FIVE_MINUTES.startMs(atMs - FailureRuns.LONGEST.toMillis());
    }
}
