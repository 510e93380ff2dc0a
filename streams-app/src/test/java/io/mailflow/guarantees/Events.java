package io.mailflow.guarantees;

import io.mailflow.schema.MessageTraceEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events that differ from others in one thing. */
final class Events {

    private Events() {}

    /** The same event at another time, to the millisecond. */
    static MessageTraceEvent at(Instant timestamp, MessageTraceEvent event) {
        return copy(event, Instant.ofEpochMilli(timestamp.toEpochMilli()), event.reply());
    }

    /** The same event with another reply. */
    static MessageTraceEvent withReply(MessageTraceEvent event, String reply) {
        return copy(event, event.timestamp(), reply);
    }

    private static MessageTraceEvent copy(MessageTraceEvent event, Instant timestamp, @Nullable String reply) {
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
                event.connector(),
                event.connectorSource(),
                reply,
                event.destination(),
                event.observedAt(),
                event.platform(),
                event.origin());
    }
}
