package io.mailflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command may replace files with those it writes ({@code @Mixin}). */
final class ReplaceOption {

    @Option(names = "--force", description = "Replace a file that is there already.")
    private boolean force;

    /**
     * Looks before the work whether its outcome can be written.
     *
     * @param option that names the file, for the message
     * @param file null where none is wanted
     * @throws IOException if it cannot be written, or there is one that may not be replaced; one sentence for the user
     */
    void check(String option, @Nullable Path file) throws IOException {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new IOException(option + ": " + file + " is a folder; name a file.");
        }
        if (Files.exists(file) ? !Files.isWritable(file) : folder == null || !Files.isWritable(folder)) {
            throw new IOException(option + ": " + file
                    + " cannot be written: its folder is missing, or this user may not write there.");
        }
        // A device, such as /dev/stdout, is there for being written to.
        if (Files.isRegularFile(file) && !force) {
            throw new IOException(
                    option + ": " + file + " is there already; name another file, or replace it with --force.");
        }
    }
}
