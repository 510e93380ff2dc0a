package io.mailflow.guarantees;

import io.mailflow.schema.MessageTraceEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events that differ from others in one thing. */
final class Events {

    private Events() {}

    /** The same event at another time, to the millisecond. */
    static MessageTraceEvent at(Instant timestamp, MessageTraceEvent event) {
        return copy(event, Instant.ofEpochMilli(timestamp.toEpochMilli()), event.reply(), event.connector());
    }

    /** The same event with another reply. */
    static MessageTraceEvent withReply(MessageTraceEvent event, String reply) {
        return copy(event, event.timestamp(), reply, event.connector());
    }

    /** The same event of a row that says no connector. */
    static MessageTraceEvent withoutConnector(MessageTraceEvent event) {
        return copy(event, event.timestamp(), event.reply(), null);
    }

    private static MessageTraceEvent copy(
            MessageTraceEvent event, Instant timestamp, @Nullable String reply, @Nullable String connector) {
        return new MessageTraceEvent(
                event.tenant(),
                timestamp,
                event.event(),
                event.eventName(),
                event.source(),
                event.networkMessageId(),
                event.messageId(),
                event.server(),
                event.internalMessageId(),
                event.recipient(),
                event.senderDomain(),
                connector,
                connector == null ? null : event.connectorSource(),
                reply,
                event.destination(),
                event.observedAt(),
                event.platform(),
                event.origin());
    }
}
