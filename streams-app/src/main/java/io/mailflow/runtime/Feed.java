package io.mailflow.runtime;

import io.mailflow.format.UnreadableRow;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Writes what was read to the cluster: the one path by which files get there. */
public final class Feed {

    private Feed() {}

    /** Unreadable rows as dead letters, then the events in order of time. */
    public static void everything(InputSpool input, TraceProducer producer) throws IOException {
        everything(input, producer, event -> {});
    }

    /**
     * The same.
     *
     * @param written told of each event once it is on its way
     */
    public static void everything(InputSpool input, TraceProducer producer, Consumer<MessageTraceEvent> written)
            throws IOException {
        feed(input, producer, () -> false, written);
    }

    /**
     * The same, but for what is left when somebody says stop.
     *
     * @return whether everything was written
     */
    public static boolean unlessStopped(InputSpool input, TraceProducer producer, BooleanSupplier stop)
            throws IOException {
        return feed(input, producer, stop, event -> {});
    }

    private static boolean feed(
            InputSpool input, TraceProducer producer, BooleanSupplier stop, Consumer<MessageTraceEvent> written)
            throws IOException {
        for (Iterator<UnreadableRow> rows = input.unreadableRows(); rows.hasNext() && !stop.getAsBoolean(); ) {
            producer.sendDeadLetter(rows.next());
        }
        for (Iterator<MessageTraceEvent> events = input.events(); events.hasNext() && !stop.getAsBoolean(); ) {
            MessageTraceEvent event = events.next();
            producer.send(event);
            written.accept(event);
        }
        return !stop.getAsBoolean();
    }
}
