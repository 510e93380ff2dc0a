package io.mailflow.ingest;

import io.mailflow.format.InputFormat;
import io.mailflow.format.ReceiveConnectors;
import io.mailflow.format.TailRow;
import io.mailflow.format.TailText;
import io.mailflow.format.TraceRow;
import io.mailflow.schema.IngestPosition;
import io.mailflow.schema.IngestPosition.Fingerprint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One growing file: where reading stands, and the rows read ahead of that. Used by one thread. */
final class FollowedFile {

    /** A last line without its end is taken after this long: by then it is all that will come. */
    static final Duration QUIET = Duration.ofMinutes(10);

    /** Enough to see when a file's rows begin; there may be thousands of files. */
    private static final int PEEK = 16 * 1024;

    private static final int CHUNK = 256 * 1024;
    private static final int MAX_CHUNK = 32 << 20;
    private static final int TAIL = 256;
    private static final int MAX_NAMES = 100;
    private static final long LOOKS_PER_SILENCE = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String source;
    private final String fileKey;
    private final Fingerprint head;
    private final InputFormat format;
    private final ReceiveConnectors receiveConnectors;
    private final Deque<TailRow> ahead = new ArrayDeque<>();

    private Path path;
    private long offset;
    private long line;
    private @Nullable String header;
    private @Nullable Instant newest;
    private List<String> ownReceiveConnectors;
    private byte[] tail;

    /** The bytes that {@code ahead} was read from, beginning with {@code tail}; empty when nothing is ahead. */
    private byte[] chunk = {};

    private int chunkTail;
    private long chunkOffset;
    private long chunkLine;
    private @Nullable Instant next;
    private long listedSize = -1;
    private long seenSize = -1;
    private Instant seenAt = Instant.MIN;
    private Instant lookedAt = Instant.MIN;

    /** Where a position says reading stands; its tail was found to be right. */
    FollowedFile(Path path, String fileKey, IngestPosition position, byte[] tail, ReceiveConnectors receiveConnectors) {
        this.source = position.source();
        this.path = path;
        this.fileKey = fileKey;
        this.head = position.head();
        this.format = InputFormat.named(position.format());
        this.receiveConnectors = receiveConnectors;
        this.offset = position.offset();
        this.line = position.line();
        this.header = position.header();
        this.newest = position.newest();
        this.ownReceiveConnectors = position.receiveConnectors();
        this.tail = tail;
    }

    /** Its name, for messages. */
    String name() {
        return path.toString();
    }

    /** It was renamed. */
    void at(Path other) {
        path = other;
    }

    /** The time of the next row, or null if there is none yet; rows that say no time come at once. */
    @Nullable
    Instant next() {
        return next;
    }

    /** Whether it is time to look: soon after something came, seldom after a long silence. */
    boolean isDue(Instant now, long size) {
        if (next != null) {
            return false;
        }
        if (lookedAt.equals(Instant.MIN) || size != listedSize) {
            listedSize = size;
            return true;
        }
        // The size that a folder lists may be old while another process holds the file open.
        Duration pause = Duration.between(seenAt, now).dividedBy(LOOKS_PER_SILENCE);
        return !now.isBefore(lookedAt.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }

    /**
     * Reads ahead if nothing is.
     *
     * @return false if the file is not any more the one that was read: its beginning has to be looked at again
     */
    boolean look(Instant now) throws IOException {
        int first = lookedAt.equals(Instant.MIN) ? PEEK : CHUNK;
        lookedAt = now;
        if (!ahead.isEmpty()) {
            return true;
        }
        next = null;
        try (FileChannel file = FileChannel.open(path)) {
            long size = file.size();
            if (size != seenSize) {
                seenSize = size;
                seenAt = now;
            }
            if (size < offset || !Arrays.equals(tail, Fingerprints.read(file, offset - tail.length, tail.length))) {
                return false;
            }
            boolean quiet = !now.isBefore(seenAt.plus(QUIET));
            for (int length = first; ahead.isEmpty() && size > offset; length *= 2) {
                byte[] bytes = Fingerprints.read(file, offset, length);
                boolean all = bytes.length < length;
                // A row of this size is none: it is given up, so that what follows it can be read.
                boolean ended = (all && quiet) || length >= MAX_CHUNK;
                ahead.addAll(TailText.rows(format, name(), bytes, line, header, ended));
                chunk = ahead.isEmpty() ? new byte[0] : concat(tail, bytes);
                if (all || ended) {
                    break;
                }
            }
        }
        chunkTail = tail.length;
        chunkOffset = offset;
        chunkLine = line;
        next = nextOfAhead();
        return true;
    }

    /** Brings the next rows into memory if none are there; a file that cannot be read just now gives none. */
    void readAhead(Instant now) {
        try {
            if (ahead.isEmpty() && look(now)) {
                return;
            }
        } catch (IOException e) {
            next = null; // The folder's next look says what is the matter.
        }
        if (ahead.isEmpty()) {
            lookedAt = Instant.MIN;
        }
    }

    private @Nullable Instant nextOfAhead() {
        if (ahead.isEmpty()) {
            return null;
        }
        Instant own = ahead.getFirst().timestamp();
        return own != null ? own : Instant.MIN;
    }

    /** Whether rows are in memory; {@link #look} brings them there. */
    boolean hasAhead() {
        return !ahead.isEmpty();
    }

    /** Takes the next row: reading stands behind it now. */
    TailRow take(Instant now) {
        TailRow row = ahead.removeFirst();
        offset = chunkOffset + row.bytes();
        line = chunkLine + row.lines();
        header = row.header();
        for (TraceRow one : row.rows()) {
            boolean newer = newest == null || one.timestamp().isAfter(newest);
            if (newer && !one.timestamp().isAfter(now)) {
                newest = one.timestamp();
            }
        }
        row.receiveConnectors().forEach(this::learn);
        next = nextOfAhead();
        if (ahead.isEmpty()) {
            forgetAhead();
        }
        return row;
    }

    private void learn(String name) {
        receiveConnectors.add(name);
        if (ownReceiveConnectors.size() < MAX_NAMES && !ownReceiveConnectors.contains(name)) {
            ownReceiveConnectors = Stream.concat(ownReceiveConnectors.stream(), Stream.of(name))
                    .toList();
        }
    }

    /** Frees memory: what was read ahead is read again when its turn comes. */
    void forgetAhead() {
        tail = tailBytes();
        ahead.clear();
        chunk = new byte[0];
    }

    private byte[] tailBytes() {
        if (chunk.length == 0) {
            return tail;
        }
        int end = chunkTail + (int) (offset - chunkOffset);
        return Arrays.copyOfRange(chunk, Math.max(0, end - TAIL), end);
    }

    /** Where reading stands. */
    IngestPosition position(Instant now) {
        return new IngestPosition(
                source,
                name(),
                fileKey,
                head,
                Fingerprints.of(tailBytes()),
                offset,
                line,
                format.id(),
                header,
                newest,
                ownReceiveConnectors,
                now);
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
