package io.mailflow.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is gone when it is closed, and when the process is ended by a signal. */
public final class ScratchDirectory implements AutoCloseable {

    private final Path path;
    private final Thread atExit;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.atExit = new Thread(() -> delete(path), "delete-" + path.getFileName());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new one in the system's temporary directory. */
    public static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("mailflow-"));
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
