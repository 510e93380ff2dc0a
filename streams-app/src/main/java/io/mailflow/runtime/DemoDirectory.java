package io.mailflow.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a demo keeps its data, and how far it has played. */
public final class DemoDirectory {

    private static final String HISTORY_END = "history-end";
    private static final String PLAYED_TO = "played-to";

    private final Path path;

    private DemoDirectory(Path path) {
        this.path = path;
    }

    /**
     * Opens it, and empties it where that is wanted or where a first start never got through its history.
     *
     * @param fresh begin anew
     */
    public static DemoDirectory open(Path path, boolean fresh) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        DemoDirectory directory = new DemoDirectory(absolute);
        if (Files.exists(absolute) && (fresh || directory.historyEnd().isEmpty())) {
            // Only what a demo makes: whoever names the wrong directory loses nothing else.
            for (String own : List.of("kafka", "state", "history", HISTORY_END, PLAYED_TO)) {
                delete(absolute.resolve(own));
            }
        }
        Files.createDirectories(absolute);
        return directory;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** When its history ends, if that was played. */
    public Optional<Instant> historyEnd() throws IOException {
        return read(HISTORY_END);
    }

    /** Up to when live traffic was played. */
    public Optional<Instant> playedTo() throws IOException {
        return read(PLAYED_TO);
    }

    /** The history was played. */
    public void historyPlayed(Instant end) throws IOException {
        write(HISTORY_END, end);
    }

    /** Live traffic was played up to an instant. */
    public void played(Instant to) throws IOException {
        write(PLAYED_TO, to);
    }

    private Optional<Instant> read(String name) throws IOException {
        Path file = path.resolve(name);
        return Files.exists(file)
                ? Optional.of(Instant.parse(Files.readString(file).strip()))
                : Optional.empty();
    }

    /** Whole or not at all, whatever ends the process in between. */
    private void write(String name, Instant instant) throws IOException {
        Path next = path.resolve(name + ".next");
        Files.writeString(next, instant.toString());
        Files.move(next, path.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
