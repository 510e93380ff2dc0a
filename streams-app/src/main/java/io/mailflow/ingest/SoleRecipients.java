package io.mailflow.ingest;

import io.mailflow.format.InputFormat;
import io.mailflow.format.TraceRow;
import io.mailflow.schema.MessageTraceEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the inputs have one recipient only. A trace detail that names none ({@link TraceRow#UNNAMED})
 * is about that one: the summary trace beside it names it, and the two are one recipient, not two.
 */
final class SoleRecipients {

    /** No name: the message has more than one recipient. */
    private static final String SEVERAL = "";
    /** Beyond that a detail stays unnamed; a summary trace has at most 100,000 rows. */
    private static final int MAX_MESSAGES = 500_000;

    private final Map<String, String> byMessage = new HashMap<>();

    /** An event was read from a document of that format. */
    void add(InputFormat format, MessageTraceEvent event) {
        String message = event.networkMessageId();
        boolean tells = format == InputFormat.TRACE_JSON || format == InputFormat.DETAIL_JSON;
        if (!tells || message == null || isUnnamed(event)) {
            return;
        }
        String known = byMessage.get(message);
        if (known == null) {
            if (byMessage.size() < MAX_MESSAGES) {
                byMessage.put(message, event.recipient());
            }
        } else if (!known.equals(event.recipient())) {
            byMessage.put(message, SEVERAL);
        }
    }

    /** The event with its message's only recipient where it names none. */
    MessageTraceEvent named(MessageTraceEvent event) {
        if (!isUnnamed(event) || event.networkMessageId() == null) {
            return event;
        }
        @Nullable String sole = byMessage.get(event.networkMessageId());
        return sole == null || sole.equals(SEVERAL) ? event : event.withRecipient(sole);
    }

    static boolean isUnnamed(MessageTraceEvent event) {
        return event.recipient().equals(TraceRow.UNNAMED);
    }
}
