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

/** How long {@code analyze} takes for a tracking log of a million rows, or as many as the first argument says, beside one of a quarter. */
public final class AnalyzeBenchmark {

    private static final long SEED = 20_260_105L;
    private static final long WARM_UP_ROWS = 20_000;

    private AnalyzeBenchmark() {}

    /** Measures in a temporary folder and prints. */
    public static void main(String[] arguments) throws IOException {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        seconds(WARM_UP_ROWS);
        double quarter = seconds(rows / 4);
        print(rows / 4, quarter);
        double whole = seconds(rows);
        print(rows, whole);
        System.out.printf(Locale.ROOT, "%-42s %.1f%n", "  of the time of a quarter", whole / quarter);
    }

    private static double seconds(long rows) throws IOException {
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
            return seconds;
        } finally {
            Files.delete(log);
        }
    }

    private static void print(long rows, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%-42s %.1f s, %,.0f rows/s%n",
                String.format(Locale.ROOT, "analyze, %,d rows", rows),
                seconds,
                rows / seconds);
    }
}
