package io.mailflow.cli;

import io.mailflow.simulate.SyntheticTrackingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailflow simulate}: a large tracking log to measure with. */
@Command(
        name = "simulate",
        hidden = true,
        description = "Write a made-up Exchange Server message tracking log, the same for the same seed.")
final class SimulateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Where to write it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000000", description = "How many rows.")
    private long rows;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "What to make them from.")
    private long seed;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Override
    public Integer call() throws IOException {
        replace.check("FILE", file);
        SyntheticTrackingLog.write(file, rows, seed);
        return Mailflow.DONE;
    }
}
