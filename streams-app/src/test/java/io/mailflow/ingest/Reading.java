package io.mailflow.ingest;

import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reading all of some files. */
final class Reading {

    private Reading() {}

    static Result read(Path file) throws IOException {
        return read(List.of(file.toString()), ReadOptions.defaults());
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
