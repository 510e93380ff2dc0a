package io.mailflow.ingest;

import io.mailflow.format.InputException;
import io.mailflow.format.InputFormat;
import io.mailflow.format.ReceiveConnectors;
import io.mailflow.format.RowSink;
import io.mailflow.format.TraceRow;
import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.MessageTraceEvent;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the rows of all documents, one document after the other: counts, learns, spools. */
final class InputCollector implements RowSink {

    private static final int SHOWN = 10;
    private static final String DEFAULT_TENANT = "default";

    private final Path dir;
    private final ReadOptions options;
    private final EventSpool events;
    private final Path unreadable;
    private final List<InputSpool.Document> documents = new ArrayList<>();
    private final List<UnreadableRow> firstUnreadable = new ArrayList<>();
    private final List<SkippedInput> skipped = new ArrayList<>();
    /** Two are enough to know that it is not the only one. */
    private final Set<String> tenants = new HashSet<>();

    private final SoleRecipients soleRecipients = new SoleRecipients();
    private @Nullable DataOutputStream unreadableOut;
    private @Nullable Instant latest;
    private long rows;
    private long unreadableCount;
    private long notAttempts;
    private long afterAsOf;
    private long spooled;

    private String file = "";
    private long rowsOfDocument;
    private ReceiveConnectors receiveConnectors = new ReceiveConnectors();
    /** Spooled refusals of this document by connector: on RECEIVE rows still to come they turn into no attempts. */
    private Map<String, Long> refusable = new HashMap<>();

    InputCollector(Path dir, ReadOptions options) {
        this.dir = dir;
        this.options = options;
        this.events = new EventSpool(dir);
        this.unreadable = dir.resolve("unreadable");
    }

    /** The rows of a document follow. */
    void begin(String name, InputFormat format) {
        file = name;
        rowsOfDocument = 0;
        receiveConnectors = new ReceiveConnectors();
        refusable = new HashMap<>();
        documents.add(new InputSpool.Document(name, format, receiveConnectors));
    }

    /** The document is read: its receive connectors are known. */
    void end() {
        refusable.forEach((connector, count) -> {
            if (receiveConnectors.contains(connector)) {
                spooled -= count;
                notAttempts += count;
            }
        });
    }

    /** The document broke off. */
    void brokeOff(String why) throws IOException {
        unreadable(rowsOfDocument + 1, why, "");
    }

    /** The input is no message trace. */
    void skip(String name, String sentence) {
        skipped.add(new SkippedInput(name, sentence));
    }

    @Override
    public void row(TraceRow row) throws IOException {
        rows++;
        rowsOfDocument++;
        if (latest == null || row.timestamp().isAfter(latest)) {
            latest = row.timestamp();
        }
        if (row.tenant() != null && tenants.size() < 2) {
            tenants.add(row.tenant());
        }
        if (options.asOf().isPresent() && row.timestamp().isAfter(options.asOf().get())) {
            afterAsOf += row.others() + row.events().size();
            return;
        }
        notAttempts += row.others();
        for (MessageTraceEvent event : row.events()) {
            spool(event);
        }
    }

    private void spool(MessageTraceEvent event) throws IOException {
        spooled++;
        ReceiveConnectors.refusableOn(event).ifPresent(connector -> refusable.merge(connector, 1L, Long::sum));
        MessageTraceEvent asked = options.asAsked(event);
        int document = documents.size() - 1;
        soleRecipients.add(documents.get(document).format(), asked);
        events.add(document, asked);
    }

    @Override
    public void unreadable(long line, String reason, String raw) throws IOException {
        rows++;
        rowsOfDocument++;
        unreadableCount++;
        UnreadableRow row = options.asAsked(new UnreadableRow(file, line, reason, raw));
        if (firstUnreadable.size() < SHOWN) {
            firstUnreadable.add(row);
        }
        DataOutputStream out = unreadableOut;
        if (out == null) {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unreadable)));
            unreadableOut = out;
        }
        text(out, row.file());
        out.writeLong(row.line());
        text(out, row.reason());
        text(out, row.raw());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void receiveConnector(String name) {
        receiveConnectors.add(name);
    }

    /**
     * Everything has been read.
     *
     * @throws InputException if none of it was a message trace
     */
    InputSpool finish() throws IOException {
        closeUnreadable();
        if (documents.isEmpty()) {
            String first = skipped.get(0).sentence();
            throw new InputException(InputFormat.advised(
                    skipped.size() == 1
                            ? first
                            : "None of the " + skipped.size() + " files is a message trace; the first: " + first));
        }
        String only = tenants.size() == 1 ? tenants.iterator().next() : DEFAULT_TENANT;
        return new InputSpool(
                dir,
                events,
                soleRecipients,
                documents,
                new InputAccounting(
                        rows, unreadableCount, spooled + notAttempts + afterAsOf, spooled, notAttempts, afterAsOf),
                Optional.ofNullable(latest),
                options.tenant().or(options::otherwise).orElse(only),
                firstUnreadable,
                unreadable,
                skipped);
    }

    /** Removes what was written, when reading failed. */
    void abandon() throws IOException {
        closeUnreadable();
        events.close();
        Files.deleteIfExists(unreadable);
        Files.deleteIfExists(dir.resolve("stdin"));
        Files.deleteIfExists(dir);
    }

    private void closeUnreadable() throws IOException {
        if (unreadableOut != null) {
            unreadableOut.close();
        }
    }
}
