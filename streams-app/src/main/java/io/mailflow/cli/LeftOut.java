package io.mailflow.cli;

import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.SkippedInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of a command when something that was named is no message trace. */
final class LeftOut {

    private static final int MOST_NAMED = 5;

    private LeftOut() {}

    /**
     * Says at the end, below the results, what they lack.
     *
     * @param named files, folders and globs as the user named them; what lies in a folder or fits a glob was not named
     *     itself, and may be anything
     * @return the exit code
     */
    static int exitCode(InputSpool spool, List<String> named, PrintWriter err) {
        return exitCode(spool, named, null, err);
    }

    /**
     * The same where one of them may be meant for something else.
     *
     * @param other a file that no trace is expected in
     */
    static int exitCode(InputSpool spool, List<String> named, @Nullable Path other, PrintWriter err) {
        List<String> leftOut = spool.skipped().stream()
                .map(SkippedInput::file)
                .filter(named::contains)
                .filter(file -> other == null || !place(Path.of(file)).equals(place(other)))
                .toList();
        if (leftOut.isEmpty()) {
            return Mailflow.DONE;
        }
        err.println("Left out, for the reasons above: "
                + leftOut.stream().limit(MOST_NAMED).map(Printable::of).collect(Collectors.joining(", "))
                + (leftOut.size() > MOST_NAMED ? " and " + (leftOut.size() - MOST_NAMED) + " more" : "")
                + ". Nothing from there is counted; name message traces only, in a format that 'mailflow analyze --help'"
                + " lists.");
        err.flush();
        return Mailflow.FAILED;
    }

    private static Path place(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
