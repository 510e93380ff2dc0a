package io.mailflow.ingest;

import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The samples beside the tests, and reading them. */
final class Samples {

    private Samples() {}

    static Path path(String name) {
        try {
            return Path.of(Samples.class.getResource("samples/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(String name) throws IOException {
        return Files.readString(path(name), StandardCharsets.UTF_8);
    }

    /** Where the event stood. */
    static Origin origin(MessageTraceEvent event) {
        return Objects.requireNonNull(event.origin());
    }

    static Result read(Path file) throws IOException {
        return read(List.of(file.toString()), ReadOptions.defaults());
    }

    static Result sample(String name) throws IOException {
        return read(path(name));
    }

    static Result read(List<String> words, ReadOptions options) throws IOException {
        try (InputSpool spool = Inputs.read(words, options, InputStream.nullInputStream())) {
            List<MessageTraceEvent> events = new ArrayList<>();
            spool.events().forEachRemaining(events::add);
            return new Result(events, spool.accounting(), spool.unreadable(), spool);
        }
    }

    /** What reading gave; the spool is closed, its counts remain. */
    record Result(
            List<MessageTraceEvent> events,
            InputAccounting accounting,
            List<UnreadableRow> unreadable,
            InputSpool spool) {

        MessageTraceEvent event(int i) {
            return events.get(i);
        }
    }
}
