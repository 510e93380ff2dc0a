package io.mailflow.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** What lies on the output topics, one partition each, made of the published samples. */
public final class Records {

    public static final String TENANT = "northwind";
    public static final String HEAD_OFFICE = "To Contoso head office";
    public static final String HOSTILE = "a/b%2F <script>alert('1')</script> \"; DROP TABLE connector; --";
    public static final String OPEN_ALERT = "41d6e0b7a2c9485f93b0c1d7e6f2a884";
    public static final String RESOLVED_ALERT = "00d6e0b7a2c9485f93b0c1d7e6f2a800";
    public static final Instant KEPT_AT = Instant.parse("2026-01-05T08:15:31Z");

    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();

    /** A sample of a schema, free to be changed. */
    public static ObjectNode sample(String name) {
        try (InputStream json = Alert.class.getResourceAsStream("samples/" + name + ".json")) {
            return (ObjectNode) Json.MAPPER.readTree(Objects.requireNonNull(json, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A day of two tenants: an outage with an open alert, a queue, one that is well, one unseen, one resolved alert. */
    public static Records ofADay() {
        Records day = new Records();
        ObjectNode entry = sample("connector-entry.full");
        day.put(Topics.CONNECTORS, TENANT + "/" + HEAD_OFFICE, entry);
        day.put(
                Topics.CONNECTORS,
                TENANT + "/Unseen",
                sample("connector-entry.small").put("tenant", TENANT).put("name", "Unseen"));
        day.put(Topics.CONNECTOR_HEALTH, TENANT + "/" + HEAD_OFFICE, sample("connector-health.full"));
        day.health("fabrikam", HOSTILE, 5);
        day.health(TENANT, "Quiet", 0);
        day.window("PT5M", "2026-01-05T08:10:00Z", "450 4.4.316", 0, 31);
        day.window("PT5M", "2026-01-05T08:10:00Z", null, 9, 32);
        day.window("PT5M", "2026-01-05T08:10:00Z", "550 5.1.1", 0, 1);
        day.window("PT5M", "2026-01-05T07:15:00Z", null, 91, 0);
        day.window("PT5M", "2026-01-05T07:10:00Z", null, 77, 0);
        day.window("PT1H", "2026-01-05T08:00:00Z", null, 9, 32);
        day.window("PT24H", "2026-01-05T00:00:00Z", null, 177, 32);
        day.window("PT24H", "2026-01-05T00:00:00Z", "450 4.4.316", 0, 31);
        ObjectNode opened = alert().put("sequence", 1).put("severity", "high").put("publication", "opened");
        opened.put("changedAt", "2026-01-05T08:15:00Z");
        day.alert(opened);
        day.alert(alert());
        day.alert(resolved());
        day.incident(incident());
        day.put(Topics.LATE_EVENTS, TENANT, sample("late-event.full"));
        day.deadLetter("mailflow.error.reason", "the row of p.keller@contoso.example has no date");
        day.deadLetter("__streams.errors.exception", "com.example.FutureEventException");
        day.put(Topics.PROGRESS, "tracker/3", sample("pipeline-progress.full"));
        day.progress("monitor", "2026-01-05T08:15:00Z");
        return day;
    }

    public static ObjectNode alert() {
        return sample("alert.full");
    }

    /** An older problem of the same connector with another code, over since. */
    public static ObjectNode resolved() {
        ObjectNode resolved = alert();
        ((ObjectNode) resolved.get("remediation")).put("title", "No such recipient at contoso.example");
        return resolved.put("id", RESOLVED_ALERT)
                .put("code", "550 5.1.1")
                .put("state", "resolved")
                .put("severity", "warning")
                .put("publication", "resolved")
                .put("openedAt", "2026-01-04T08:00:00Z")
                .put("changedAt", "2026-01-04T12:00:00Z")
                .put("resolvedAt", "2026-01-04T12:00:00Z")
                .put("resolution", "recovered");
    }

    /** The open alert and the one that is over, on the same connector. */
    public static ObjectNode incident() {
        ObjectNode incident = sample("incident.full");
        incident.put("id", OPEN_ALERT).put("state", "open").putNull("resolvedAt");
        ArrayNode episodes = (ArrayNode) incident.get("episodes");
        episodes.remove(2);
        ((ObjectNode) episodes.get(0))
                .put("alert", OPEN_ALERT)
                .put("state", "open")
                .put("severity", "warning");
        ((ObjectNode) episodes.get(1)).put("alert", RESOLVED_ALERT).put("severity", "critical");
        return incident;
    }

    /** On both topics, as the monitor does. */
    public void alert(ObjectNode alert) {
        String key = String.join(
                "/",
                alert.get("tenant").asText(),
                alert.get("connector").asText(),
                alert.get("code").asText());
        put(Topics.ALERTS, key, alert);
        put(Topics.ALERT_STATE, key, alert);
    }

    public void incident(ObjectNode incident) {
        put(
                Topics.INCIDENTS,
                incident.get("tenant").asText() + "/" + incident.get("id").asText(),
                incident);
    }

    public void health(String tenant, String connector, int queued) {
        ObjectNode health =
                sample("connector-health.small").put("tenant", tenant).put("connector", connector);
        ObjectNode queue = (ObjectNode) health.get("queue");
        queue.put("recipients", queued).put("messages", queued);
        if (queued > 0) {
            queue.put("oldestSince", "2026-01-05T08:00:00Z").put("nextDeadline", "2026-01-06T08:00:00Z");
        }
        put(Topics.CONNECTOR_HEALTH, key(tenant) + "/" + key(connector), health);
    }

    public void window(String size, String start, @Nullable String code, int delivered, int attempts) {
        ObjectNode window = sample("window-count.full")
                .put("code", code)
                .put("size", size)
                .put("start", start)
                .put("end", Instant.parse(start).plus(Duration.parse(size)).toString())
                .put("delivered", delivered)
                .put("attempts", attempts);
        put(
                Topics.CONNECTOR_FAILURES,
                TENANT + "/" + HEAD_OFFICE + "/" + (code == null ? "" : code) + "/" + size + "/" + start,
                window);
    }

    public void progress(String stage, String progress) {
        put(
                Topics.PROGRESS,
                stage + "/0",
                sample("pipeline-progress.small")
                        .put("stage", stage)
                        .put("partition", 0)
                        .put("progress", progress)
                        .putNull("accounting"));
    }

    public void deadLetter(String header, String text) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(header, text.getBytes(StandardCharsets.UTF_8));
        headers.add("mailflow.error.file", "trace.csv".getBytes(StandardCharsets.UTF_8));
        headers.add("mailflow.error.line", "7".getBytes(StandardCharsets.UTF_8));
        add(Topics.DEAD_LETTERS, null, null, headers);
    }

    public void put(String topic, String key, JsonNode value) {
        add(topic, key, value.toString().getBytes(StandardCharsets.UTF_8), new RecordHeaders());
    }

    public void tombstone(String topic, String key) {
        add(topic, key, null, new RecordHeaders());
    }

    public void bytes(String topic, String key, byte[] value) {
        add(topic, key, value, new RecordHeaders());
    }

    private void add(String topic, @Nullable String key, byte @Nullable [] value, RecordHeaders headers) {
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        records.add(new ConsumerRecord<>(
                topic,
                0,
                offset,
                KEPT_AT.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty()));
    }

    private static String key(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }

    public List<ConsumerRecord<String, byte[]>> all() {
        return List.copyOf(records);
    }

    /** The next record of each topic. */
    public Map<TopicPartition, Long> next() {
        Map<TopicPartition, Long> next = new HashMap<>();
        offsets.forEach((topic, offset) -> next.put(new TopicPartition(topic, 0), offset));
        return next;
    }

    /** Puts all of it into a read model. */
    public Changes into(ReadModel model) {
        try {
            return model.take(all(), next());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
