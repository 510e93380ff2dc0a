package io.mailflow.tracker;

import io.mailflow.naming.Keys;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.JsonSerde;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Values of {@code mailflow.trace-events}, checked: what any log shipper may write, nothing is taken on trust. */
public final class TraceRecords {

    /** Names, ids and addresses are far shorter; our own readers take no longer ones. */
    static final int LONGEST_NAME = 1_024;

    /** Exchange cuts replies far below. */
    static final int LONGEST_REPLY = 64 * 1_024;

    /** Before it are the zeros of other clocks: years 1 and 1601. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private TraceRecords() {}

    /**
     * The serde; its deserializer throws {@link SerializationException} with the reason for a record that is no event,
     * so that it becomes a dead letter.
     */
    public static Serde<TraceRecord> serde() {
        Serde<TraceRecord> json = JsonSerde.of(TraceRecord.class);
        return Serdes.serdeFrom(
                json.serializer(), (topic, bytes) -> checked(json.deserializer().deserialize(topic, bytes)));
    }

    private static TraceRecord checked(@Nullable TraceRecord value) {
        if (value == null) {
            throw new SerializationException("empty value: an event, a progress mark or an end mark is expected");
        }
        if (value instanceof MessageTraceEvent event) {
            check(event);
        } else if (value instanceof ProgressMark mark) {
            time("progress", mark.progress());
        } else if (value instanceof EndOfInput end) {
            time("at", end.at());
        }
        return value;
    }

    private static void check(MessageTraceEvent event) {
        required("tenant", event.tenant());
        required("event", event.event());
        time("timestamp", event.timestamp());
        if (event.observedAt() != null) {
            time("observedAt", event.observedAt());
        }
        name("tenant", event.tenant());
        name("networkMessageId", event.networkMessageId());
        name("messageId", event.messageId());
        name("server", event.server());
        name("internalMessageId", event.internalMessageId());
        name("connector", event.connector());
        length("recipient", event.recipient(), LONGEST_NAME);
        length("eventName", event.eventName(), LONGEST_NAME);
        length("source", event.source(), LONGEST_NAME);
        length("senderDomain", event.senderDomain(), LONGEST_NAME);
        length("reply", event.reply(), LONGEST_REPLY);
        Destination destination = event.destination();
        if (destination != null) {
            length("destination.host", destination.host(), LONGEST_NAME);
            length("destination.ip", destination.ip(), LONGEST_NAME);
        }
        if (event.event() != EventClass.OTHER) {
            required("recipient", event.recipient());
            if (Keys.message(event).isEmpty()) {
                throw new SerializationException(
                        "no message identity: networkMessageId, messageId, or server with internalMessageId is needed");
            }
        }
    }

    private static void required(String field, @Nullable Object value) {
        if (value == null) {
            throw new SerializationException("field " + field + " is missing");
        }
    }

    private static void time(String field, @Nullable Instant value) {
        required(field, value);
        if (value != null && (value.isBefore(EARLIEST) || value.isAfter(LATEST))) {
            throw new SerializationException(
                    "field " + field + " is " + value + "; expected a time between " + EARLIEST + " and " + LATEST);
        }
    }

    /** What identifies something is not empty: everything without a name would become one thing. */
    private static void name(String field, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw new SerializationException("field " + field + " is empty; leave it out where there is none");
        }
        length(field, value, LONGEST_NAME);
    }

    private static void length(String field, @Nullable String value, int longest) {
        if (value != null && value.length() > longest) {
            throw new SerializationException(
                    "field " + field + " has " + value.length() + " characters, more than " + longest);
        }
    }
}
