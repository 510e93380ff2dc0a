package io.mailflow.cli;

import io.mailflow.ingest.ReadProgress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error where that is a terminal, and nothing elsewhere. */
final class Progress implements ReadProgress, AutoCloseable {

    /** Set by the launcher, which can tell: Java has no way to ask whether standard error is a terminal. */
    private static final String TERMINAL = "mailflow.terminal";

    private static final long MEBIBYTE = 1 << 20;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** For reading inputs. */
    static Progress reading(PrintWriter err) {
        err.flush();
        if (!Boolean.getBoolean(TERMINAL)) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName("Reading")
                .setUnit(" MiB", MEBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build());
    }

    @Override
    public void read(long bytesRead, long bytesTotal) {
        if (bar != null) {
            bar.maxHint(bytesTotal);
            bar.stepTo(bytesRead);
        }
    }

    /** The bar goes, what follows is printed below. */
    void finished() {
        close();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
