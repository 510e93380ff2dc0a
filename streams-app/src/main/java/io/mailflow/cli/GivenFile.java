package io.mailflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command is to read. */
final class GivenFile {

    private GivenFile() {}

    /**
     * The file, before anything is begun with it.
     *
     * @throws IOException if it cannot be read; one sentence for the user
     */
    static Path readable(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; name a file.");
        }
        if (!Files.exists(file)) {
            throw new IOException("There is no file " + file + ".");
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + " may not be read by this user; check its permissions.");
        }
        return file;
    }
}
