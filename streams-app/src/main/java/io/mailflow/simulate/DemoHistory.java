package io.mailflow.simulate;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Platform;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The demo's first two days, as the files an administrator would have: rolling message tracking logs of the organisation
 * with its own Exchange servers, an extended message trace report of each organisation in Exchange Online. Incidents of
 * every code are in them. {@link LiveTraffic} goes on where they end.
 */
public final class DemoHistory {

    /** The seed of the demo everybody sees. */
    public static final long SEED = 20_260_105L;

    /** Hours of one tracking log. */
    private static final int ROLL_HOURS = 12;

    private static final DateTimeFormatter LOG_NAME = DateTimeFormatter.ofPattern(
                    "'MSGTRK'yyyyMMddHH'-1.LOG'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private record OpenFile(Path path, TraceFileWriter writer) {}

    private DemoHistory() {}

    /** The registry of the demo's connectors, which {@link LiveTraffic} shares. */
    public static List<ConnectorEntry> connectors() {
        return DemoScenario.of(SEED).connectors();
    }

    /**
     * Writes the two days before an instant.
     *
     * @param directory where; made if it is not there, files of the same names are replaced
     * @param end the end of the history, exclusive
     * @return the files, in the order in which they begin
     * @throws IOException if a file cannot be written
     */
    public static List<Path> write(Path directory, Instant end) throws IOException {
        return write(directory, end, SEED);
    }

    /**
     * Writes the two days before an instant, as another seed has them.
     *
     * @param directory where; made if it is not there, files of the same names are replaced
     * @param end the end of the history, exclusive
     * @param seed decides everything that is drawn by lot
     * @return the files, in the order in which they begin
     * @throws IOException if a file cannot be written
     */
    public static List<Path> write(Path directory, Instant end, long seed) throws IOException {
        Files.createDirectories(directory);
        World world = new World(DemoScenario.of(seed), end.minus(DemoScenario.HISTORY));
        List<Path> files = new ArrayList<>();
        Map<String, OpenFile> open = new HashMap<>();
        try {
            while (world.peek().timestamp().isBefore(end)) {
                TraceRow row = world.next();
                Path path = directory.resolve(fileName(row));
                OpenFile file = open.get(row.tenant().name());
                if (file == null || !file.path().equals(path)) {
                    if (file != null) {
                        file.writer().close();
                    }
                    file = new OpenFile(path, open(path, row));
                    open.put(row.tenant().name(), file);
                    files.add(path);
                }
                file.writer().write(row);
            }
        } finally {
            for (OpenFile file : open.values()) {
                file.writer().close();
            }
        }
        return files;
    }

    private static String fileName(TraceRow row) {
        if (row.tenant().platform() == Platform.EXCHANGE_ONLINE) {
            return "MTDetails_" + row.tenant().name() + ".csv";
        }
        long hour = row.timestamp().truncatedTo(ChronoUnit.HOURS).getEpochSecond() / 3_600;
        return LOG_NAME.format(Instant.ofEpochSecond(hour / ROLL_HOURS * ROLL_HOURS * 3_600));
    }

    private static TraceFileWriter open(Path file, TraceRow first) throws IOException {
        if (first.tenant().platform() == Platform.EXCHANGE_SERVER) {
            return new TrackingLogWriter(file, first.timestamp());
        }
        return new ExtendedReportWriter(file, charset(first.tenant()));
    }

    // Downloaded reports are UTF-16 without a byte order mark, or UTF-8 once somebody saved them again: one of each.
    private static Charset charset(SimulatedTenant tenant) {
        return tenant.name().startsWith("w") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }
}
