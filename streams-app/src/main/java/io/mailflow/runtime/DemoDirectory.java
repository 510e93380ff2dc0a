package io.mailflow.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a demo keeps its data, and how far it has played. One demo at a time has it, until it closes it. */
public final class DemoDirectory implements AutoCloseable {

    private static final String HISTORY_END = "history-end";
    private static final String PLAYED_TO = "played-to";
    private static final String PAGE = "page";

    private final Path path;
    private final FolderLock lock;

    private DemoDirectory(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens it, and empties it where that is wanted or where a first start never got through its history.
     *
     * @param fresh begin anew
     * @throws IOException if it cannot be used, or another demo is using it
     */
    public static DemoDirectory open(Path path, boolean fresh) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
        } catch (IOException e) {
            throw new IOException("The folder " + absolute + " cannot be made; choose another with --data DIR.", e);
        }
        // Before anything is deleted: what is there may belong to a demo that still runs.
        FolderLock lock = lock(absolute);
        try {
            DemoDirectory directory = new DemoDirectory(absolute, lock);
            Files.deleteIfExists(absolute.resolve(PAGE));
            if (fresh || directory.historyEnd().isEmpty()) {
                // Only what a demo makes: whoever names the wrong directory loses nothing else.
                for (String own : List.of(HISTORY_END, PLAYED_TO, "kafka", "state", "history")) {
                    delete(absolute.resolve(own));
                }
            }
            return directory;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Changes nothing: tells before anything is begun whether another demo has the folder.
     *
     * @throws IOException if one has it; says where its page is
     */
    public static void checkFree(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            lock(absolute).close();
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        String where = page(folder)
                .map(url -> "; its page, with the mail it plays, is " + url)
                .orElse("");
        return FolderLock.take(
                folder,
                "Another demo is running in " + folder + where
                        + ". Stop it with Ctrl-C in its terminal, or choose another"
                        + " folder with --data DIR and another port with --port 0.");
    }

    private static Optional<String> page(Path folder) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(PAGE)).strip());
        } catch (NoSuchFileException noneOrStopping) {
            return Optional.empty();
        }
    }

    /** Its page listens: whoever starts another demo learns where. */
    public void serving(String url) throws IOException {
        Files.writeString(path.resolve(PAGE), url);
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

    /** Lets the next demo have it. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path.resolve(PAGE));
        } finally {
            lock.close();
        }
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
