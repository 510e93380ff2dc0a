package io.mailflow.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Big message tracking logs for measurements: two days of an organisation with twenty connectors in trouble. */
public final class SyntheticTrackingLog {

    /** The first instant of every such log. */
    public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private SyntheticTrackingLog() {}

    /**
     * Writes a log of so many rows, in time order, over about two days. Of its rows 15 to 20 % are deferrals; the rest
     * is mail that goes out and the noise that Exchange logs about it.
     *
     * @param file where; replaced if it is there
     * @param rows how many rows, without the header
     * @param seed the same seed and number of rows give the same bytes
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, long rows, long seed) throws IOException {
        World world = new World(SyntheticScenario.of(rows, seed), START);
        try (TraceFileWriter log = new TrackingLogWriter(file, START)) {
            for (long row = 0; row < rows; row++) {
                log.write(world.next());
            }
        }
    }
}
