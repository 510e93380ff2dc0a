package io.mailflow.ingest;

import io.mailflow.naming.Topics;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.Redrive.Place;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record that was put aside. What it says comes from others and may be hostile: escape it before it is shown. */
public final class DeadLetter {

    /** Prefix of the headers that Kafka Streams adds. */
    static final String STREAMS = "__streams.errors.";
    /** Header of a record that was sent again: how many times, as decimal digits. */
    public static final String REDRIVE_COUNT = "mailflow.redrive.count";
    /** Header of a record that was sent again: the letter it was. */
    public static final String REDRIVE_LETTER = "mailflow.redrive.letter";

    private final Place place;
    private final Instant arrived;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable LateEvent late;

    private DeadLetter(
            Place place,
            Instant arrived,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Map.Entry<String, String>> headers) {
        this.place = place;
        this.arrived = arrived;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
        this.late = place.topic().equals(Topics.LATE_EVENTS) && value != null ? late(value) : null;
    }

    private static @Nullable LateEvent late(byte[] value) {
        try {
            LateEvent read = Json.MAPPER.readValue(value, LateEvent.class);
            boolean whole = Stream.of(read.event(), read.progress(), read.lateBy(), read.window(), read.connector())
                    .allMatch(Objects::nonNull);
            return whole ? read : null;
        } catch (IOException e) {
            return null; // Somebody else wrote there; it is shown as it is.
        }
    }

    static DeadLetter of(ConsumerRecord<byte[], byte[]> message) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            byte[] value = header.value();
            headers.add(Map.entry(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8)));
        }
        return new DeadLetter(
                new Place(message.topic(), message.partition(), message.offset()),
                Instant.ofEpochMilli(message.timestamp()),
                message.key(),
                message.value(),
                headers);
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /** When it was put aside. */
    public Instant arrived() {
        return arrived;
    }

    /** Its key's bytes, or null; not to be changed. */
    public byte @Nullable [] key() {
        return key;
    }

    /** Its bytes, or null; not to be changed. */
    public byte @Nullable [] value() {
        return value;
    }

    /** Its headers as text, in order. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** {@code topic-partition-offset}. */
    public String id() {
        return id(place);
    }

    /** {@code topic-partition-offset}. */
    public static String id(Place place) {
        return place.topic() + "-" + place.partition() + "-" + place.offset();
    }

    /** The last header of that name: what a record brought along stands before what was added to it. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equals(name))
                .reduce((first, second) -> second)
                .map(Map.Entry::getValue);
    }

    /** The late event it holds, where it stands among those. */
    public Optional<LateEvent> late() {
        return Optional.ofNullable(late);
    }

    /** Why it was put aside, in the words of whoever did. */
    public String reason() {
        if (late != null) {
            return LateReason.sentence(late);
        }
        Optional<String> row = header(TraceProducer.ERROR_REASON);
        if (row.isPresent()) {
            return row.get();
        }
        Optional<String> exception = header(STREAMS + "exception");
        if (exception.isEmpty()) {
            return "no reason given";
        }
        String simple = exception.get().substring(exception.get().lastIndexOf('.') + 1);
        String message = header(STREAMS + "message").orElse("");
        return message.isEmpty() || message.equals("null") ? simple : simple + ": " + message;
    }

    /** The reason without what differs from letter to letter: quoted values and numbers. */
    public String kind() {
        if (late != null) {
            return LateReason.kind(late);
        }
        String line = reason().lines().findFirst().orElse("");
        return line.replaceAll("\"[^\"]*\"", "\"…\"").replaceAll("\\d+", "N");
    }

    /** The record it was, where it was read from a topic. */
    public Optional<Place> original() {
        try {
            return header(STREAMS + "topic")
                    .map(topic -> new Place(
                            topic,
                            Integer.parseInt(header(STREAMS + "partition").orElse("-1")),
                            Long.parseLong(header(STREAMS + "offset").orElse("-1"))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The file and line it stood in, where it was a row of an input: {@code file:line}. */
    public Optional<String> row() {
        return header(TraceProducer.ERROR_FILE)
                .map(file -> file + ":" + header(TraceProducer.ERROR_LINE).orElse("?"));
    }

    /** Where it came from: a topic, or the rows of inputs; of a late event, the connector it is missing on. */
    public String origin() {
        if (late != null) {
            return late.event().tenant() + " / " + late.connector();
        }
        return original().map(Place::topic).orElse(row().isPresent() ? "rows of files" : "unknown");
    }

    /** How many times it has been sent again before it came to stand here. */
    public int redrives() {
        try {
            return header(REDRIVE_COUNT)
                    .map(Integer::parseInt)
                    .map(count -> Math.max(0, count))
                    .orElse(0);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE; // Nobody knows any more: better not once more.
        }
    }
}
