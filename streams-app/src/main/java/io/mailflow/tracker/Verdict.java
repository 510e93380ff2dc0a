package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.schema.MessageTraceEvent;
import org.jspecify.annotations.Nullable;

/** What an event means for its recipient, after DESIGN's table of rows: the first that matches decides. */
enum Verdict {
    /** An attempt succeeded and closed the recipient. */
    DELIVERED,
    /** An attempt got a temporary failure; the recipient is queued. */
    DEFERRED,
    /** An attempt was refused for good and closed the recipient. */
    REJECTED,
    /** The recipient's lifetime ended. */
    EXPIRED,
    /** The recipient left the queue without an attempt. */
    CLOSED,
    /** A summary trace says it is under way. */
    PENDING,
    /** A summary trace says how it ended. */
    FINAL,
    /** It says nothing about an attempt or a queued recipient. */
    NOT_AN_ATTEMPT;

    /**
     * Whether the event can be nothing but {@link #NOT_AN_ATTEMPT}, whatever is remembered of its recipient.
     *
     * @param inboundConnector the connector it names is registered as inbound
     */
    static boolean excludes(MessageTraceEvent event, Reply reply, boolean inboundConnector) {
        return switch (event.event()) {
            case OTHER -> true;
            case DEFER -> reply.isPositive();
            // An expansion or a delivery has a 2xx status and closes all the same; only a drop with one says nothing.
            case CLOSE -> "DROP".equalsIgnoreCase(event.eventName()) && reply.isPositive();
            case FAIL -> !reply.isExpiry() && (reply.isPositive() || inboundConnector);
            case SEND, PENDING, FINAL -> false;
        };
    }

    /**
     * What an event means that {@link #excludes} let through.
     *
     * @param memory what is remembered of its recipient, or null
     * @param connector the connector it was resolved to
     */
    static Verdict of(MessageTraceEvent event, Reply reply, @Nullable RecipientMemory memory, String connector) {
        return switch (event.event()) {
            case SEND -> DELIVERED;
            case DEFER -> DEFERRED;
            case PENDING -> PENDING;
            case FINAL -> FINAL;
            case CLOSE -> closing(event, memory);
            case FAIL -> {
                if (reply.isExpiry()) {
                    yield EXPIRED;
                }
                boolean smtp = event.source() == null || event.source().equalsIgnoreCase("SMTP");
                boolean attempted = memory != null && memory.wasAttempted();
                boolean outbound = attempted || !connector.equals(ConnectorKey.UNKNOWN);
                yield smtp && outbound && !reply.code().equals(Reply.NONE) ? REJECTED : closing(event, memory);
            }
            case OTHER -> NOT_AN_ATTEMPT;
        };
    }

    private static Verdict closing(MessageTraceEvent event, @Nullable RecipientMemory memory) {
        boolean open = memory != null && memory.isOpenAt(event.timestamp().toEpochMilli());
        return open ? CLOSED : NOT_AN_ATTEMPT;
    }
}
