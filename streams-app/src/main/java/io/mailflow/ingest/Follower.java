package io.mailflow.ingest;

import io.mailflow.format.InputException;
import io.mailflow.format.TailRow;
import io.mailflow.format.TraceRow;
import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.IngestPosition;
import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Follows growing logs into Kafka: every row once, whatever happens to the files, to this process or to the brokers.
 * The files' rows are written in the order of their time, to within a slack, so that a folder of old logs is read as it
 * was written. Used by one thread.
 */
public final class Follower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration SLACK = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /** A file that is gone for this long is not remembered: it will not come back. */
    private static final Duration FORGET_AFTER = Duration.ofDays(30);

    private static final int ROWS_PER_TRANSACTION = 5_000;
    private static final int SHOWN = 10;
    private static final String DEFAULT_TENANT = "default";

    private final Settings settings;
    private final InstantSource clock;
    private final Consumer<String> notices;
    private FollowWriter writer;
    private FollowedFolder folder;
    private InputAccounting committed = new InputAccounting(0, 0, 0, 0, 0, 0);
    private InputAccounting pending = committed;
    private long told;

    /**
     * What to follow and where to write.
     *
     * @param folder the folder, with all below it
     * @param source a name for it that stays the same over restarts and belongs to nobody else
     * @param options tenant, format, hashes
     * @param clientConfig settings of the Kafka clients
     * @param target topics of events and dead letters
     * @param positionsTopic the topic of positions
     */
    public record Settings(
            Path folder,
            String source,
            ReadOptions options,
            Map<String, ?> clientConfig,
            TraceProducer.Target target,
            String positionsTopic) {

        public Settings {
            // The whole input is never known: what names no tenant is not left to what other rows name.
            options = options.otherwise().isPresent() ? options : options.withOtherwise(DEFAULT_TENANT);
        }
    }

    /** Waits, and says whether it is time to stop. */
    @FunctionalInterface
    public interface Pause {
        /** Waits for that long at most. */
        boolean stopsWithin(Duration time) throws InterruptedException;
    }

    /** Writes with a writer that somebody else made. */
    Follower(Settings settings, FollowWriter writer, InstantSource clock, Consumer<String> notices) {
        this.settings = settings;
        this.clock = clock;
        this.notices = notices;
        this.writer = writer;
        this.folder = folder();
    }

    /**
     * Connects and finds out how far the files were read before.
     *
     * @param notices told in a sentence each what of the folder is not followed, and when something has to wait
     * @throws InputException if folder or cluster cannot be used
     */
    public static Follower open(Settings settings, InstantSource clock, Consumer<String> notices) throws IOException {
        if (!Files.isDirectory(settings.folder())) {
            throw new InputException("There is no folder " + settings.folder()
                    + "; --follow takes the folder that the logs are written to.");
        }
        return new Follower(settings, connect(settings, clock), clock, notices);
    }

    private static FollowWriter connect(Settings settings, InstantSource clock) throws IOException {
        try {
            return FollowWriter.connect(
                    settings.clientConfig(), settings.target(), settings.positionsTopic(), settings.source(), clock);
        } catch (KafkaException e) {
            throw new WriteFailure(e).unusable(servers(settings), settings.source());
        }
    }

    private FollowedFolder folder() {
        return new FollowedFolder(
                settings.folder(), settings.source(), settings.options(), writer.positions(), notices);
    }

    /** Rows and events written and committed since the start. */
    public InputAccounting accounting() {
        return committed;
    }

    /** How many files of the folder are followed at the moment. */
    public int files() {
        return folder.size();
    }

    /** How many files had been read, in part or whole, before this start. */
    public int known() {
        return writer.positions().size();
    }

    /**
     * Goes on until it is time to stop. When brokers or the folder's share fail, what was not committed is read again as
     * soon as they are back.
     *
     * @throws InputException if going on makes no sense: its sentence says why
     */
    public void run(Pause pause) throws IOException, InterruptedException {
        forgetOld();
        Duration retry = POLL;
        boolean connected = true;
        while (true) {
            boolean more = false;
            try {
                if (!connected) {
                    writer.close();
                    writer = connect(settings, clock);
                    folder = folder();
                }
                more = pass();
                retry = POLL;
                if (!connected) {
                    connected = true;
                    notices.accept("Going on.");
                }
            } catch (IOException | KafkaException e) {
                Optional<WriteFailure> failure = WriteFailure.in(e);
                if (failure.filter(WriteFailure::isFinal).isPresent()) {
                    throw failure.get().unusable(servers(settings), settings.source());
                }
                if (connected) {
                    notices.accept(failure.map(one -> one.sentence(servers(settings)))
                                    .orElse(e.getMessage()) + " Nothing is lost; trying again.");
                }
                connected = false;
                pending = committed;
                retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
            }
            if (pause.stopsWithin(more ? Duration.ZERO : retry)) {
                return;
            }
        }
    }

    private void forgetOld() throws IOException {
        Instant now = clock.instant();
        folder.look(now);
        Set<String> there = folder.keys();
        if (there.isEmpty()) {
            return; // A share that is not mounted: its files are not gone.
        }
        for (IngestPosition position : writer.positions()) {
            if (!there.contains(position.fileKey())
                    && position.updatedAt().plus(FORGET_AFTER).isBefore(now)) {
                writer.forget(position);
            }
        }
    }

    /**
     * One transaction: what the files have to give by now, and how far that is.
     *
     * @return whether there is more
     */
    boolean pass() throws IOException {
        Instant now = clock.instant();
        PriorityQueue<FollowedFile> ready = new PriorityQueue<>(Comparator.comparing(Follower::next));
        ready.addAll(folder.look(now));
        Set<FollowedFile> taken = new LinkedHashSet<>();
        int rows = 0;
        while (rows < ROWS_PER_TRANSACTION) {
            FollowedFile first = ready.poll();
            if (first == null) {
                break;
            }
            FollowedFile second = ready.peek();
            Instant upTo = second == null ? Instant.MAX : slackAfter(next(second));
            first.readAhead(now);
            while (first.hasAhead()
                    && rows < ROWS_PER_TRANSACTION
                    && !next(first).isAfter(upTo)) {
                write(first.take(now));
                taken.add(first);
                rows++;
                first.readAhead(now);
            }
            if (first.next() != null) {
                ready.add(first);
            }
        }
        for (FollowedFile file : taken) {
            writer.position(file.position(now));
        }
        writer.tick();
        writer.commit();
        committed = pending;
        return !ready.isEmpty();
    }

    /** What says no time comes at once, and nothing is before it. */
    private static Instant slackAfter(Instant next) {
        return next.equals(Instant.MIN) ? next : next.plus(SLACK);
    }

    private static Instant next(FollowedFile file) {
        Instant next = file.next();
        return next == null ? Instant.MAX : next;
    }

    private void write(TailRow tail) throws IOException {
        long emitted = 0;
        long notAttempts = 0;
        for (TraceRow row : tail.rows()) {
            notAttempts += row.others();
            for (MessageTraceEvent event : row.events()) {
                if (folder.receiveConnectors().refused(event)) {
                    notAttempts++;
                } else {
                    writer.event(settings.options().asAsked(event));
                    emitted++;
                }
            }
        }
        for (UnreadableRow row : tail.unreadable()) {
            writer.deadLetter(settings.options().asAsked(row));
            tell(row);
        }
        pending = new InputAccounting(
                pending.rows() + tail.rows().size() + tail.unreadable().size(),
                pending.unreadable() + tail.unreadable().size(),
                pending.events() + emitted + notAttempts,
                pending.emitted() + emitted,
                pending.notAttempts() + notAttempts,
                0);
    }

    private void tell(UnreadableRow row) {
        told++;
        if (told <= SHOWN) {
            notices.accept("unreadable, kept on " + settings.target().deadLettersTopic() + ": " + row.describe());
        } else if (told == SHOWN + 1) {
            notices.accept("Further unreadable rows are kept and not shown; see: mailflow dead-letters list");
        }
    }

    private static String servers(Settings settings) {
        return String.valueOf(settings.clientConfig().get("bootstrap.servers"));
    }

    @Override
    public void close() {
        writer.close();
    }
}
