package io.mailflow.monitor;

import io.mailflow.alerting.CodeActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The failures of one code as its 5-minute windows tell: which of them stand is a sum, and their instants are the first
 * and the last ever counted in a window. So it does not matter in which order failures were counted and taken back.
 *
 * @param windows all windows
 * @param key the code
 * @param lastMs newest failure that was ever counted
 * @param attempts how many failures stand
 * @param atMs event time
 * @param quietMs time without failure after which the next one begins another run
 */
record FailureRuns(Windows windows, CodeKey key, long lastMs, long attempts, long atMs, long quietMs)
        implements CodeActivity {

    /** Nothing begins earlier than this before {@code atMs}: less than the time for which the windows are kept. */
    static final Duration LONGEST = Duration.ofDays(6);

    private static final long HOUR_MS = WindowSize.HOUR.sizeMs();

    @Override
    public Optional<Instant> lastFailure() {
        OptionalLong last = new StandingAttempts(windows, key, atMs).lastFailure(lastMs, attempts);
        return last.isPresent() ? Optional.of(Instant.ofEpochMilli(last.getAsLong())) : Optional.empty();
    }

    @Override
    public Instant lastCounted() {
        return Instant.ofEpochMilli(lastMs);
    }

    @Override
    public Optional<Instant> firstFailure() {
        return first(newestRun(window -> window.failed() > 0));
    }

    @Override
    public Optional<Instant> takenBackSince() {
        List<WindowState> run = newestRun(WindowState::hasEverFailed);
        return run.stream().allMatch(window -> window.failed() == 0) ? first(run) : Optional.empty();
    }

    private static Optional<Instant> first(List<WindowState> run) {
        return run.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(run.get(run.size() - 1).firstFailedMs()));
    }

    /** The newest run of those windows, backwards. */
    private List<WindowState> newestRun(Predicate<WindowState> which) {
        List<WindowState> run = new ArrayList<>();
        long earliestMs = WindowSize.FIVE_MINUTES.startMs(atMs - LONGEST.toMillis());
        long endMs = WindowSize.FIVE_MINUTES.startMs(lastMs) + WindowSize.FIVE_MINUTES.sizeMs();
        while (endMs > earliestMs) {
            long startMs = Math.max(earliestMs, endMs - HOUR_MS);
            List<WindowState> hour = new ArrayList<>(windows.get(key, WindowSize.FIVE_MINUTES, startMs, endMs));
            for (int i = hour.size() - 1; i >= 0; i--) {
                WindowState window = hour.get(i);
                if (which.test(window)) {
                    if (isOver(run, window.lastFailedMs())) {
                        return run;
                    }
                    run.add(window);
                }
            }
            if (isOver(run, startMs)) {
                return run;
            }
            endMs = startMs;
        }
        return run;
    }

    private boolean isOver(List<WindowState> run, long beforeMs) {
        return !run.isEmpty() && run.get(run.size() - 1).firstFailedMs() - beforeMs > quietMs;
    }
}
