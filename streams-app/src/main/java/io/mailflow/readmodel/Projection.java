package io.mailflow.readmodel;

import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Incident;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** Turns the records of one batch into rows. What nobody can read is told in the log and left out. */
final class Projection {

    /** Every topic it reads. */
    static final Set<String> TOPICS = Set.of(
            Topics.ALERTS,
            Topics.ALERT_STATE,
            Topics.CONNECTOR_FAILURES,
            Topics.CONNECTOR_HEALTH,
            Topics.LATE_EVENTS,
            Topics.DEAD_LETTERS,
            Topics.PROGRESS,
            Topics.CONNECTORS,
            Topics.INCIDENTS);

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private final Sql sql;
    private final Set<ConnectorId> standing = new LinkedHashSet<>();
    private final Set<ConnectorId> news = new LinkedHashSet<>();
    private final Map<String, AlertNews> alerts = new LinkedHashMap<>();
    private final Set<String> incidents = new LinkedHashSet<>();
    private boolean pipeline;

    Projection(Sql sql) {
        this.sql = sql;
    }

    /** Takes one record in, whole or not at all. */
    void take(ConsumerRecord<String, byte[]> message) throws SQLException {
        String where = message.topic() + " partition " + message.partition() + " offset " + message.offset();
        attempt(where, () -> {
            if (message.topic().equals(Topics.DEAD_LETTERS)) {
                putDeadLetter(message);
            } else if (message.value() == null) {
                remove(message);
            } else {
                put(message);
            }
        });
    }

    /** Brings up to date what is made of several rows, and says what is new. */
    Changes finish() throws SQLException {
        for (ConnectorId id : standing) {
            attempt("the connector " + id, () -> Standings.refresh(sql, id));
        }
        news.addAll(standing);
        return new Changes(news, List.copyOf(alerts.values()), incidents, pipeline);
    }

    private interface Step {
        void run() throws IOException, SQLException;
    }

    /** No record may stop the others; a failing database may. */
    private void attempt(String what, Step step) throws SQLException {
        sql.update("SAVEPOINT step");
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            leaveOut(what, e);
        } catch (SQLException e) {
            // Something that every record has is missing.
            if (e.getErrorCode() != SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
                throw e;
            }
            leaveOut(what, e);
        }
        sql.update("RELEASE step");
    }

    private void leaveOut(String what, Exception e) throws SQLException {
        sql.update("ROLLBACK TO step");
        LOG.warn("Left out of the read model, because it cannot be read: {}: {}", what, e.toString());
    }

    private void put(ConsumerRecord<String, byte[]> message) throws IOException, SQLException {
        byte[] value = message.value();
        switch (message.topic()) {
            case Topics.ALERTS ->
                AlertRows.put(sql, JsonText.read(value, Alert.class)).ifPresent(this::news);
            case Topics.ALERT_STATE ->
                AlertRows.putState(sql, JsonText.read(value, Alert.class)).ifPresent(this::news);
            case Topics.INCIDENTS -> {
                Incident incident = JsonText.read(value, Incident.class);
                IncidentRows.put(sql, incident);
                incidents.add(incident.id());
            }
            case Topics.CONNECTOR_HEALTH -> {
                ConnectorHealth health = JsonText.read(value, ConnectorHealth.class);
                HealthRows.put(sql, health);
                standing.add(new ConnectorId(health.tenant(), health.connector()));
            }
            case Topics.CONNECTOR_FAILURES -> {
                WindowCount window = JsonText.read(value, WindowCount.class);
                WindowRows.put(sql, window);
                news.add(new ConnectorId(window.tenant(), window.connector()));
            }
            case Topics.CONNECTORS -> {
                ConnectorEntry entry = JsonText.read(value, ConnectorEntry.class);
                RegistrationRows.put(sql, entry);
                standing.add(new ConnectorId(entry.tenant(), entry.name()));
            }
            case Topics.PROGRESS -> {
                ProgressRows.put(sql, JsonText.read(value, PipelineProgress.class));
                pipeline = true;
            }
            case Topics.LATE_EVENTS -> {
                LateEvent late = JsonText.read(value, LateEvent.class);
                LetterRows.putLate(sql, place(message), Instant.ofEpochMilli(message.timestamp()), late);
                pipeline = true;
            }
            default -> throw new IllegalArgumentException("not a topic of the read model");
        }
    }

    private void news(AlertNews line) {
        alerts.put(line.id(), line);
        standing.add(new ConnectorId(line.tenant(), line.connector()));
    }

    /** A tombstone: its key has nothing any more. */
    private void remove(ConsumerRecord<String, byte[]> message) throws SQLException {
        switch (message.topic()) {
            case Topics.ALERT_STATE -> {
                List<String> key = RecordKey.parts(message, 3);
                AlertRows.remove(sql, key);
                standing.add(new ConnectorId(key.get(0), key.get(1)));
            }
            case Topics.CONNECTOR_HEALTH -> {
                HealthRows.remove(sql, RecordKey.connector(message));
                standing.add(RecordKey.connector(message));
            }
            case Topics.CONNECTORS -> {
                RegistrationRows.remove(sql, RecordKey.connector(message));
                standing.add(RecordKey.connector(message));
            }
            case Topics.INCIDENTS -> {
                String id = RecordKey.parts(message, 2).get(1);
                IncidentRows.remove(sql, id);
                incidents.add(id);
            }
            case Topics.CONNECTOR_FAILURES -> {
                List<String> key = RecordKey.parts(message, 5);
                WindowRows.remove(sql, key);
                news.add(new ConnectorId(key.get(0), key.get(1)));
            }
            case Topics.PROGRESS -> {
                ProgressRows.remove(sql, RecordKey.parts(message, 2));
                pipeline = true;
            }
            default -> {
                // Nothing is taken back on the others.
            }
        }
    }

    /** Its value is what nobody could read, if it has one. */
    private void putDeadLetter(ConsumerRecord<String, byte[]> message) throws SQLException {
        DeadLetterHeaders headers = DeadLetterHeaders.of(message);
        LetterRows.putDead(
                sql,
                place(message),
                Instant.ofEpochMilli(message.timestamp()),
                headers.kind(),
                headers.reason(),
                headers.place());
        pipeline = true;
    }

    private static LetterRows.Place place(ConsumerRecord<?, ?> message) {
        return new LetterRows.Place(message.partition(), message.offset());
    }
}
