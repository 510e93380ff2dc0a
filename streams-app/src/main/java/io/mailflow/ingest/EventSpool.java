package io.mailflow.ingest;

import io.mailflow.schema.MessageTraceEvent;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts events by timestamp, equal ones in the order they came, with a bounded heap: chunks are sorted in memory,
 * written out as runs, and merged while they are read.
 */
final class EventSpool implements Closeable {

    private static final int CHUNK_BYTES = 32 << 20;
    /** 42 bits hold a century and more of milliseconds, so that timestamp and place fit one long to sort. */
    private static final int PLACE_BITS = 20;

    private static final long EPOCH_MS = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();
    private static final int IO_BUFFER = 256 * 1024;

    private final Path dir;
    private final int chunkEvents;
    private final List<Path> runs = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final Chunk chunk = new Chunk();
    private final DataOutputStream out = new DataOutputStream(chunk);
    private long[] order = new long[1024];
    private int[] starts = new int[1024];
    private int events;

    /** An event and the number of the document it came from. */
    record Spooled(int document, MessageTraceEvent event) {}

    /** Gives the name of a document. */
    @FunctionalInterface
    interface DocumentNames {
        String of(int document);
    }

    EventSpool(Path dir) {
        this(dir, 1 << PLACE_BITS);
    }

    /** For tests: with smaller chunks. */
    EventSpool(Path dir, int chunkEvents) {
        this.dir = dir;
        this.chunkEvents = chunkEvents;
    }

    /** Adds the next event of the input. */
    void add(int document, MessageTraceEvent event) throws IOException {
        if (events == chunkEvents || chunk.size() >= CHUNK_BYTES) {
            flush();
        }
        if (events == order.length) {
            order = Arrays.copyOf(order, events * 2);
            starts = Arrays.copyOf(starts, events * 2);
        }
        long timestampMs = event.timestamp().toEpochMilli();
        order[events] = ((timestampMs - EPOCH_MS) << PLACE_BITS) | events;
        starts[events] = chunk.size();
        events++;
        out.writeLong(timestampMs);
        out.writeInt(document);
        EventCodec.write(event, out);
    }

    private void flush() throws IOException {
        Path run = dir.resolve("run-" + runs.size());
        try (DataOutputStream file =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), IO_BUFFER))) {
            writeSorted(file);
        }
        runs.add(run);
        chunk.reset();
        events = 0;
    }

    private void writeSorted(DataOutputStream file) throws IOException {
        Arrays.sort(order, 0, events);
        for (int i = 0; i < events; i++) {
            int place = (int) (order[i] & ((1L << PLACE_BITS) - 1));
            int start = starts[place];
            int end = place + 1 < events ? starts[place + 1] : chunk.size();
            file.writeInt(end - start);
            file.write(chunk.bytes(), start, end - start);
        }
    }

    /**
     * All events in order. May be asked for again, but nothing may be added any more.
     *
     * @param names the documents' names for the events' origins
     * @param tenant the tenant of events without one
     */
    Iterator<Spooled> sorted(DocumentNames names, String tenant) throws IOException {
        if (events > 0) {
            flush();
        }
        PriorityQueue<Run> queue = new PriorityQueue<>(
                Comparator.comparingLong((Run run) -> run.timestampMs).thenComparingInt(run -> run.number));
        for (int i = 0; i < runs.size(); i++) {
            Run run = new Run(i, Files.newInputStream(runs.get(i)));
            open.add(run);
            if (run.advance()) {
                queue.add(run);
            }
        }
        return new Merge(queue, names, tenant);
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    /** A byte array that shows its bytes. */
    private static final class Chunk extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }

    /** A sorted file, read event by event. */
    private static final class Run implements Closeable {
        final int number;
        private final InputStream in;
        private ByteBuffer buffer = ByteBuffer.allocate(IO_BUFFER).limit(0);
        long timestampMs;

        Run(int number, InputStream in) {
            this.number = number;
            this.in = in;
        }

        /** Goes to the next event, so that its bytes stand at the buffer's position; false at the end. */
        boolean advance() throws IOException {
            if (!have(Integer.BYTES)) {
                in.close();
                return false;
            }
            int length = buffer.getInt();
            if (!have(length)) {
                throw new EOFException("a sorted file in the temporary folder was cut off");
            }
            timestampMs = buffer.getLong();
            return true;
        }

        private boolean have(int bytes) throws IOException {
            if (buffer.remaining() >= bytes) {
                return true;
            }
            ByteBuffer target = bytes > buffer.capacity() ? ByteBuffer.allocate(bytes) : buffer;
            int kept = buffer.remaining();
            System.arraycopy(buffer.array(), buffer.position(), target.array(), 0, kept);
            int read = in.readNBytes(target.array(), kept, target.capacity() - kept);
            target.position(0).limit(kept + read);
            buffer = target;
            return buffer.remaining() >= bytes;
        }

        Spooled event(DocumentNames names, String tenant) {
            int document = buffer.getInt();
            return new Spooled(
                    document, EventCodec.read(buffer, Instant.ofEpochMilli(timestampMs), names.of(document), tenant));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class Merge implements Iterator<Spooled> {
        private final PriorityQueue<Run> queue;
        private final DocumentNames names;
        private final String tenant;

        Merge(PriorityQueue<Run> queue, DocumentNames names, String tenant) {
            this.queue = queue;
            this.names = names;
            this.tenant = tenant;
        }

        @Override
        public boolean hasNext() {
            return !queue.isEmpty();
        }

        @Override
        public Spooled next() {
            @Nullable Run run = queue.poll();
            if (run == null) {
                throw new NoSuchElementException();
            }
            try {
                Spooled spooled = run.event(names, tenant);
                if (run.advance()) {
                    queue.add(run);
                }
                return spooled;
            } catch (IOException e) {
                throw new UncheckedIOException("The sorted events in the temporary folder cannot be read back", e);
            }
        }
    }
}
