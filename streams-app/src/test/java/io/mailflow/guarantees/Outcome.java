package io.mailflow.guarantees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.naming.Topics;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Everything a run left on its topics that the guarantees speak of. Every record of a topic counts that keeps all of
 * them, so that one too many is a difference; of compacted topics the newest of each key.
 *
 * @param lines what there is, by topic and key
 */
record Outcome(SortedMap<String, List<String>> lines) {

    /** Best effort, or a matter of when it was processed: outside the guarantees. */
    private static final List<String> NOT_GUARANTEED = List.of("pageable", "remediation");

    private static final List<String> EVIDENCE_NOT_GUARANTEED =
            List.of("lag", "destinations", "lastError", "sampleMessageIds");

    private static final List<String> STANDING = List.of(
            "id", "sequence", "tenant", "connector", "code", "state", "severity", "reasons", "since", "openedAt");

    /** How a source looks just now hangs on the wall clock. */
    private static final List<String> PROGRESS = List.of("stage", "partition", "progress", "ended", "accounting");

    /** What records say. */
    static Outcome of(Collection<ConsumerRecord<String, byte[]>> records) {
        TreeMap<String, List<String>> lines = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> message : records) {
            String key = message.topic() + " " + message.key();
            switch (message.topic()) {
                case Topics.ALERTS -> {
                    if (!isToldAgain(message)) {
                        add(lines, key, alert(message));
                    }
                }
                case Topics.ALERT_STATE -> lines.put(key, List.of(latest(message)));
                case Topics.CONNECTOR_FAILURES -> lines.put(key, List.of(without(json(message), "revision")));
                case Topics.CONNECTOR_HEALTH ->
                    lines.put(key, List.of(json(message).toString()));
                case Topics.PROGRESS -> lines.put(key, List.of(only(json(message), PROGRESS)));
                case Topics.LATE_EVENTS -> add(lines, key, json(message).toString());
                case Topics.DEAD_LETTERS -> add(lines, message.topic(), bytes(message.value()));
                default -> throw new IllegalArgumentException("not an output topic: " + message.topic());
            }
        }
        // Their partitions are written by several sources in no particular order.
        lines.forEach((key, values) -> {
            if (key.startsWith(Topics.DEAD_LETTERS) || key.startsWith(Topics.LATE_EVENTS)) {
                values.sort(null);
            }
        });
        return new Outcome(lines);
    }

    /** A dead letter as a line. */
    static String bytes(byte[] value) {
        return value == null ? "null" : Bytes.wrap(value).toString();
    }

    /** The part of it that is on one topic. */
    Outcome only(String topic) {
        TreeMap<String, List<String>> part = new TreeMap<>(lines);
        part.keySet().removeIf(key -> !key.equals(topic) && !key.startsWith(topic + " "));
        return new Outcome(part);
    }

    /** The lines of one topic. */
    List<String> of(String topic) {
        return only(topic).lines.values().stream().flatMap(List::stream).toList();
    }

    /** Where this differs from what was expected, one sentence each. */
    List<String> differencesFrom(Outcome expected) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(lines.keySet());
        keys.addAll(expected.lines.keySet());
        for (String key : keys) {
            List<String> is = lines.getOrDefault(key, List.of());
            List<String> should = expected.lines.getOrDefault(key, List.of());
            if (!is.equals(should)) {
                differences.add(difference(key, is, should));
            }
        }
        return differences;
    }

    private static String difference(String key, List<String> is, List<String> should) {
        int same = 0;
        while (same < Math.min(is.size(), should.size()) && Objects.equals(is.get(same), should.get(same))) {
            same++;
        }
        return key + ": " + is.size() + " records instead of " + should.size() + "; of number " + (same + 1)
                + "\n  is     " + (same < is.size() ? is.get(same) : "missing")
                + "\n  should " + (same < should.size() ? should.get(same) : "be missing");
    }

    private static void add(SortedMap<String, List<String>> lines, String key, String line) {
        lines.computeIfAbsent(key, unknown -> new ArrayList<>()).add(line);
    }

    /** Published once more because it may page by now, with nothing new in it: a matter of when it was processed. */
    private static boolean isToldAgain(ConsumerRecord<String, byte[]> message) {
        return json(message).get("publication").asText().equals("became-current");
    }

    private static String alert(ConsumerRecord<String, byte[]> message) {
        ObjectNode alert = (ObjectNode) json(message);
        alert.remove(NOT_GUARANTEED);
        ((ObjectNode) alert.get("evidence")).remove(EVIDENCE_NOT_GUARANTEED);
        return alert.toString();
    }

    /** The alert as it stands, whoever was told of it last and when. */
    private static String latest(ConsumerRecord<String, byte[]> message) {
        return only(json(message), STANDING);
    }

    private static String only(JsonNode json, List<String> fields) {
        return ((ObjectNode) json).retain(fields).toString();
    }

    private static String without(JsonNode json, String field) {
        return ((ObjectNode) json).without(field).toString();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> message) {
        try {
            return Json.MAPPER.readTree(message.value());
        } catch (IOException e) {
            throw new UncheckedIOException(message.topic() + " " + message.key(), e);
        }
    }
}
