package io.mailflow.readmodel;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the output topics say, in a local database. One thread writes; any number ask, each from one consistent state.
 */
public final class ReadModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);

    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private static final List<String> TABLES = List.of(
            "kafka_offset",
            "tally",
            "gone",
            "health",
            "failure",
            "registration",
            "leads_to",
            "connector",
            "window_count",
            "publication",
            "alert",
            "failing",
            "incident",
            "incident_alert",
            "progress",
            "dead_letter",
            "late_event");

    private final Database database;
    private final Sql writer;
    private final AtomicLong version = new AtomicLong();
    private @Nullable Instant cleanedAt;

    private ReadModel(Database database) {
        this.database = database;
        this.writer = database.writer();
    }

    /**
     * Opens the database in a folder, or makes it.
     *
     * @throws ReadModelException if that is not possible
     */
    public static ReadModel open(Path folder) {
        return new ReadModel(Database.open(folder));
    }

    /**
     * Takes a batch in, with the offsets to go on from, in one transaction: after a stop at any moment both are there or
     * neither.
     *
     * @param next the next record to read of each partition
     */
    Changes take(Iterable<ConsumerRecord<String, byte[]>> batch, Map<TopicPartition, Long> next) throws SQLException {
        Changes changes = commit(batch, next);
        version.incrementAndGet();
        try {
            database.shortenLog();
        } catch (SQLException e) {
            // What was committed stays; the log is only longer until the next batch.
            LOG.warn("The log of the read model could not be shortened", e);
        }
        return changes;
    }

    private Changes commit(Iterable<ConsumerRecord<String, byte[]>> batch, Map<TopicPartition, Long> next)
            throws SQLException {
        try {
            Projection projection = new Projection(writer);
            for (ConsumerRecord<String, byte[]> message : batch) {
                projection.take(message);
            }
            Changes changes = projection.finish();
            for (Map.Entry<TopicPartition, Long> offset : next.entrySet()) {
                writer.update(
                        "INSERT OR REPLACE INTO kafka_offset (topic, partition, next) VALUES (?, ?, ?)",
                        offset.getKey().topic(),
                        offset.getKey().partition(),
                        offset.getValue());
            }
            cleanUp();
            writer.commit();
            return changes;
        } catch (SQLException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    private void cleanUp() throws SQLException {
        Optional<Instant> now = ProgressRows.furthest(writer);
        if (now.isPresent() && (cleanedAt == null || !now.get().isBefore(cleanedAt.plus(BETWEEN_CLEANINGS)))) {
            Retention.apply(writer);
            cleanedAt = now.get();
        }
    }

    /** The next record to read of each partition, as far as one is known. */
    Map<TopicPartition, Long> offsets() throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        writer.query(
                "SELECT topic, partition, next FROM kafka_offset",
                row -> offsets.put(
                        new TopicPartition(row.text("topic"), (int) row.count("partition")), row.count("next")));
        return offsets;
    }

    /** Forgets everything, offsets included. */
    void clear() throws SQLException {
        for (String table : TABLES) {
            writer.update("DELETE FROM " + table);
        }
        writer.commit();
        cleanedAt = null;
        version.incrementAndGet();
    }

    /** Counts its changes since it was opened. */
    public long version() {
        return version.get();
    }

    /** Size on disk in bytes. */
    public long bytes() {
        return database.bytes();
    }

    /** Event time up to which every connector is complete, or null before the first. */
    public @Nullable Instant asOf() {
        return read(sql -> Optional.ofNullable(ProgressRows.complete(sql))).orElse(null);
    }

    <T> T read(Database.Question<T> question) {
        return database.read(question);
    }

    @Override
    public void close() {
        try {
            writer.close();
            database.close();
        } catch (SQLException e) {
            throw new ReadModelException("The database of the read model cannot be closed: " + e.getMessage(), e);
        }
    }
}
