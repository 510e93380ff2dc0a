package io.mailflow.benchmarks;

import io.mailflow.cli.Mailflow;
import io.mailflow.simulate.SyntheticTrackingLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;

/** How long {@code analyze} takes for a big tracking log: a million rows, or as many as the first argument says. */
public final class AnalyzeBenchmark {

    private static final long SEED = 20_260_105L;

    private AnalyzeBenchmark() {}

    /** Measures in a temporary folder and prints. */
    public static void main(String[] arguments) throws IOException {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        Path log = Files.createTempFile("mailflow-benchmark", ".log");
        try {
            SyntheticTrackingLog.write(log, rows, SEED);
            StringWriter err = new StringWriter();
            CommandLine commandLine = Mailflow.commandLine();
            commandLine.setOut(new PrintWriter(new StringWriter()));
            commandLine.setErr(new PrintWriter(err));
            long begin = System.nanoTime();
            int code = commandLine.execute("analyze", log.toString());
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (code != 0) {
                throw new IllegalStateException(err.toString());
            }
            System.out.printf(Locale.ROOT, "analyze, %,d rows  %.1f s, %,.0f rows/s%n", rows, seconds, rows / seconds);
        } finally {
            Files.delete(log);
        }
    }
}
