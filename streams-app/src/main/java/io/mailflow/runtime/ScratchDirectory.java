package io.mailflow.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory that is gone when it is closed, and when the process is ended by a signal. */
public final class ScratchDirectory implements AutoCloseable {

    /** An empty broker and an empty stream take some 30 MiB before the first event. */
    private static final long LEAST_BYTES = 64L << 20;

    private final Path path;
    private final Thread atExit;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.atExit = new Thread(() -> delete(path), "delete-" + path.getFileName());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * A new one in the system's temporary directory.
     *
     * @throws IOException if it cannot be made, or its disk is full
     */
    public static ScratchDirectory create() throws IOException {
        ScratchDirectory scratch = new ScratchDirectory(Files.createTempDirectory("mailflow-"));
        Optional<String> full = scratch.full();
        if (full.isPresent()) {
            scratch.close();
            throw new IOException(full.get());
        }
        return scratch;
    }

    /** What to say if its disk is full: whatever else failed then, failed because of that. */
    public Optional<String> full() throws IOException {
        long left = Files.getFileStore(path).getUsableSpace();
        return left >= LEAST_BYTES
                ? Optional.empty()
                : Optional.of("The disk of the temporary folder " + path.getParent() + " is full, with " + (left >> 20)
                        + " MiB left; make room there, or name another folder with"
                        + " MAILFLOW_JAVA_OPTS=-Djava.io.tmpdir=DIR.");
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook deletes it.
            return;
        }
        delete(path);
    }

    private static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody else's clean-up of the temporary directory takes what is left.
            System.Logger log = System.getLogger(ScratchDirectory.class.getName());
            log.log(System.Logger.Level.DEBUG, "left behind: " + root, e);
        }
    }
}
