package io.mailflow.readmodel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * The file of the read model: SQLite with a write-ahead log, so that any number of readers see a consistent state while
 * one writer goes on. It can be deleted at any time and is made anew from the topics.
 */
final class Database implements AutoCloseable {

    /** Of {@code schema.sql}; a file with another one is thrown away. */
    private static final int LAYOUT = 3;

    private static final String FILE = "mailflow.db";
    private static final String LOG = "-wal";
    private static final long LONG_LOG = 16 << 20;
    private static final int READERS = 8;
    private static final int BUSY_TIMEOUT_MS = 10_000;

    private final Path file;
    private final Connection writing;
    private final HikariDataSource reading;
    private long shortenAt = LONG_LOG;

    private Database(Path file, Connection writing, HikariDataSource reading) {
        this.file = file;
        this.writing = writing;
        this.reading = reading;
    }

    /** A question to a consistent state. */
    interface Question<T> {
        T ask(Sql sql) throws SQLException;
    }

    /**
     * Opens the file in a folder, or makes it.
     *
     * @throws ReadModelException if that is not possible
     */
    static Database open(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            Connection connection = writing(folder, file);
            try {
                return new Database(file, connection, readers(file));
            } catch (RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new ReadModelException(
                    "Cannot use the database of the read model, " + file + ": " + e.getMessage()
                            + "; it can be deleted, and is made anew from Kafka",
                    e);
        }
    }

    /** The connection that writes, to a file of the present layout: to one made anew where there was another. */
    private static Connection writing(Path folder, Path file) throws IOException, SQLException {
        Connection connection = connect(file);
        try {
            if (layout(connection) != LAYOUT) {
                connection.close();
                delete(folder);
                connection = connect(file);
                create(connection);
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (IOException | SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // A power cut may lose the newest transactions, never a part of one: offsets and rows go together.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static HikariDataSource readers(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setPoolName("read-model");
        pool.setMaximumPoolSize(READERS);
        pool.setReadOnly(true);
        pool.setAutoCommit(false);
        return new HikariDataSource(pool);
    }

    private static int layout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return version.getInt(1);
        }
    }

    private static void create(Connection connection) throws IOException, SQLException {
        try (InputStream schema = Objects.requireNonNull(Database.class.getResourceAsStream("schema.sql"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
            statement.executeUpdate("PRAGMA user_version = " + LAYOUT);
            connection.commit();
        }
    }

    private static void delete(Path folder) throws IOException {
        for (String suffix : List.of("", LOG, "-shm")) {
            Files.deleteIfExists(folder.resolve(FILE + suffix));
        }
    }

    /** The one connection that writes; nothing is seen by readers before it commits. */
    Sql writer() {
        return new Sql(writing);
    }

    /**
     * Answers a question from one consistent state.
     *
     * @throws ReadModelException if the database fails
     */
    <T> T read(Question<T> question) {
        try (Connection connection = reading.getConnection();
                Sql sql = new Sql(connection)) {
            T answer = question.ask(sql);
            sql.commit();
            return answer;
        } catch (SQLException e) {
            throw new ReadModelException("The database of the read model, " + file + ", fails: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the log back into the file and begins it anew where it has grown long, waiting for those who read from it;
     * to be called between transactions. By itself SQLite does so only in a moment in which nobody reads, and with many
     * readers there is none.
     */
    void shortenLog() throws SQLException {
        if (size(LOG) < shortenAt) {
            return;
        }
        writing.setAutoCommit(true);
        try (Statement statement = writing.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            writing.setAutoCommit(false);
        }
        // One question that takes very long lets the log grow on; not every batch shall wait for it.
        shortenAt = size(LOG) + LONG_LOG;
    }

    /** Size on disk in bytes. */
    long bytes() {
        return size("") + size(LOG);
    }

    private long size(String suffix) {
        try {
            return Files.size(file.resolveSibling(FILE + suffix));
        } catch (IOException e) {
            // Not there between two states of the log.
            return 0;
        }
    }

    @Override
    public void close() throws SQLException {
        reading.close();
        writing.close();
    }
}
