package io.mailflow.cli;

import io.mailflow.ingest.ReadProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** How far a long task is, on standard error: a bar where that is a terminal, else a line now and then. */
final class Progress implements ReadProgress, AutoCloseable {

    /** Set by the launcher, which can tell: Java has no way to ask whether standard error is a terminal. */
    private static final String TERMINAL = "mailflow.terminal";

    private static final long MEBIBYTE = 1 << 20;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** For reading inputs; what takes less than ten seconds is not spoken of. */
    static Progress reading(PrintWriter err) {
        return of(err, "Reading", " MiB", MEBIBYTE);
    }

    /** For what is done with so many events; says so at once. */
    static Progress of(PrintWriter err, String task, long events) {
        if (!Boolean.getBoolean(TERMINAL)) {
            err.printf("%s %,d events …%n", task, events);
        }
        return of(err, task, "", 1);
    }

    private static Progress of(PrintWriter err, String task, String unit, long unitSize) {
        err.flush();
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(task);
        if (Boolean.getBoolean(TERMINAL)) {
            builder.setUnit(unit, unitSize).setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish();
        } else {
            builder.setUpdateIntervalMillis((int) BETWEEN_LINES.toMillis())
                    .setRenderer((state, length) -> line(state))
                    .setConsumer(new DelegatingProgressBarConsumer(line -> {
                        if (!line.isBlank()) {
                            err.println(line);
                            err.flush();
                        }
                    }));
        }
        return new Progress(builder.build());
    }

    /** Nothing at the beginning and at the end, which others speak of. */
    private static String line(ProgressState state) {
        Duration since = state.getElapsedAfterStart();
        if (!state.isAlive() || since.compareTo(BETWEEN_LINES.dividedBy(2)) < 0) {
            return "";
        }
        // The last stretch takes as long as it takes.
        double done = Math.min(0.99, Math.max(0, state.getNormalizedProgress()));
        return String.format(Locale.ROOT, "%s: %.0f%% after %d s", state.getTaskName(), 100 * done, since.toSeconds());
    }

    @Override
    public void read(long done, long total) {
        bar.maxHint(total);
        bar.stepTo(done);
    }

    /** The bar goes, what follows is printed below. */
    void finished() {
        close();
    }

    @Override
    public void close() {
        bar.close();
    }
}
