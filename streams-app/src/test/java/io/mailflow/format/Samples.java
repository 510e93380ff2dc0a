package io.mailflow.format;

import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The samples beside the tests, and what reading one says. */
public final class Samples {

    private Samples() {}

    public static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(Samples.class.getResource("samples/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(String name) throws IOException {
        return Files.readString(path(name), StandardCharsets.UTF_8);
    }

    /** Where the event stood. */
    public static Origin origin(MessageTraceEvent event) {
        return Objects.requireNonNull(event.origin());
    }

    static Result sample(String name) throws IOException {
        return read(path(name));
    }

    static Result read(Path file) throws IOException {
        return read(file, Optional.empty());
    }

    static Result read(Path file, Optional<InputFormat> format) throws IOException {
        try (BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            TraceDocument document = TraceDocument.open(file.toString(), bytes, format);
            Rows rows = new Rows(file.toString());
            document.read(rows);
            return rows.result(document.format());
        }
    }

    /**
     * How much a file held.
     *
     * @param rows readable or not
     * @param unreadable of them
     * @param events about outbound attempts and queued recipients
     * @param others all others
     */
    record Counts(long rows, long unreadable, long events, long others) {}

    /** What reading gave, the events in the order of time. */
    record Result(InputFormat format, List<MessageTraceEvent> events, List<UnreadableRow> unreadable, Counts counts) {

        MessageTraceEvent event(int i) {
            return events.get(i);
        }
    }

    private static final class Rows implements RowSink {

        private final String file;
        private final List<MessageTraceEvent> events = new ArrayList<>();
        private final List<UnreadableRow> unreadable = new ArrayList<>();
        private final ReceiveConnectors receiveConnectors = new ReceiveConnectors();
        private long readable;
        private long others;

        Rows(String file) {
            this.file = file;
        }

        @Override
        public void row(TraceRow row) {
            readable++;
            others += row.others();
            events.addAll(row.events());
        }

        @Override
        public void unreadable(long line, String reason, String raw) {
            unreadable.add(new UnreadableRow(file, line, reason, raw));
        }

        @Override
        public void receiveConnector(String name) {
            receiveConnectors.add(name);
        }

        Result result(InputFormat format) {
            List<MessageTraceEvent> sent = events.stream()
                    .filter(event -> !receiveConnectors.refused(event))
                    .sorted(Comparator.comparing(MessageTraceEvent::timestamp))
                    .toList();
            return new Result(
                    format,
                    sent,
                    unreadable,
                    new Counts(
                            readable + unreadable.size(),
                            unreadable.size(),
                            sent.size(),
                            others + events.size() - sent.size()));
        }
    }
}
