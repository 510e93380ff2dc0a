package io.mailflow.ingest;

import io.mailflow.format.InputFormat;
import io.mailflow.format.ReceiveConnectors;
import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.MessageTraceEvent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was read from finite inputs: how much of what, and the events in the order of their timestamps, equal
 * ones in the order of the inputs. Closing it removes its temporary files and ends its iterators.
 */
public final class InputSpool implements AutoCloseable {

    private final Path dir;
    private final EventSpool events;
    private final SoleRecipients soleRecipients;
    private final List<Document> documents;
    private final InputAccounting accounting;
    private final Optional<Instant> latestTimestamp;
    private final String tenant;
    private final List<UnreadableRow> firstUnreadable;
    private final Path unreadable;
    private final List<SkippedInput> skipped;

    InputSpool(
            Path dir,
            EventSpool events,
            SoleRecipients soleRecipients,
            List<Document> documents,
            InputAccounting accounting,
            Optional<Instant> latestTimestamp,
            String tenant,
            List<UnreadableRow> firstUnreadable,
            Path unreadable,
            List<SkippedInput> skipped) {
        this.dir = dir;
        this.events = events;
        this.soleRecipients = soleRecipients;
        this.documents = List.copyOf(documents);
        this.accounting = accounting;
        this.latestTimestamp = latestTimestamp;
        this.tenant = tenant;
        this.firstUnreadable = List.copyOf(firstUnreadable);
        this.unreadable = unreadable;
        this.skipped = List.copyOf(skipped);
    }

    /** One document that was read. */
    record Document(String name, InputFormat format, ReceiveConnectors receiveConnectors) {}

    /** How many rows and events there were and what became of them. */
    public InputAccounting accounting() {
        return accounting;
    }

    /** The latest timestamp of any well-formed row, also of rows after {@link ReadOptions#asOf}; empty without any. */
    public Optional<Instant> latestTimestamp() {
        return latestTimestamp;
    }

    /** The tenant of events whose row names none: as given, else the only one that the inputs name, else default. */
    public String tenant() {
        return tenant;
    }

    /** The first ten rows that could not be understood. */
    public List<UnreadableRow> unreadable() {
        return firstUnreadable;
    }

    /** Files that are no message trace, beside others that are. */
    public List<SkippedInput> skipped() {
        return skipped;
    }

    /** The formats of what was read, by document, for a summary: {@code mail.log (tracking-log)}. */
    public List<String> documents() {
        return documents.stream()
                .map(document -> document.name() + " (" + document.format().id() + ")")
                .toList();
    }

    /** The events in order. May be asked for more than once. */
    public Iterator<MessageTraceEvent> events() throws IOException {
        Iterator<EventSpool.Spooled> sorted =
                events.sorted(number -> documents.get(number).name(), tenant);
        return new Iterator<>() {
            private @Nullable MessageTraceEvent next = advance();

            private @Nullable MessageTraceEvent advance() {
                while (sorted.hasNext()) {
                    EventSpool.Spooled spooled = sorted.next();
                    if (!documents.get(spooled.document()).receiveConnectors().refused(spooled.event())) {
                        return soleRecipients.named(spooled.event());
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public MessageTraceEvent next() {
                MessageTraceEvent event = next;
                if (event == null) {
                    throw new NoSuchElementException();
                }
                next = advance();
                return event;
            }
        };
    }

    /** All rows that could not be understood, in the order of the inputs, for the dead letters. */
    public Iterator<UnreadableRow> unreadableRows() throws IOException {
        if (!Files.exists(unreadable)) {
            return List.<UnreadableRow>of().iterator();
        }
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(unreadable)));
        return new Iterator<>() {
            private @Nullable UnreadableRow next = advance();

            private @Nullable UnreadableRow advance() {
                try {
                    return new UnreadableRow(text(in), in.readLong(), text(in), text(in));
                } catch (EOFException e) {
                    try {
                        in.close();
                    } catch (IOException notClosed) {
                        throw new UncheckedIOException(notClosed);
                    }
                    return null;
                } catch (IOException e) {
                    throw new UncheckedIOException(
                            "The unreadable rows in the temporary folder cannot be read back", e);
                }
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public UnreadableRow next() {
                UnreadableRow row = next;
                if (row == null) {
                    throw new NoSuchElementException();
                }
                next = advance();
                return row;
            }
        };
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        events.close();
        Files.deleteIfExists(unreadable);
        Files.deleteIfExists(dir.resolve("stdin"));
        Files.deleteIfExists(dir);
    }
}
