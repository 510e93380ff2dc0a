package io.mailflow.guarantees;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A tape written by hand: on one connector to a smart host, event by event. */
final class Story {

    private static final String TENANT = "contoso.example";
    private static final String CONNECTOR = "Partner - Litware";

    private final List<Tape.Entry> entries = new ArrayList<>();
    private final int sources;

    Story(int sources) {
        this.sources = sources;
    }

    /** What happens to a message's only recipient. */
    void event(int source, Instant at, EventClass event, String message, String reply) {
        add(
                source,
                message.getBytes(StandardCharsets.UTF_8),
                new MessageTraceEvent(
                        TENANT,
                        at,
                        event,
                        event.name(),
                        "SMTP",
                        message,
                        null,
                        null,
                        null,
                        "pia.roth@litware.example",
                        TENANT,
                        CONNECTOR,
                        null,
                        reply,
                        null,
                        null,
                        null,
                        null));
    }

    /** All sources have come that far. */
    void mark(Instant progress) {
        for (int source = 0; source < sources; source++) {
            mark(source, progress);
        }
    }

    /** One source has come that far. */
    void mark(int source, Instant progress) {
        add(source, null, new ProgressMark(progress));
    }

    Tape tape() {
        return new Tape(entries, sources);
    }

    private void add(int source, byte[] key, TraceRecord value) {
        try {
            entries.add(new Tape.Entry(
                    source, key, Json.MAPPER.writerFor(TraceRecord.class).writeValueAsBytes(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
