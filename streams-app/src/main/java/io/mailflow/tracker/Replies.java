package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parsed replies, the latest ones kept: a queue is retried with the same text over and over. */
final class Replies {

    private static final int KEPT = 4_096;
    private static final Reply NONE = ReplyParser.parse("");

    private final Map<String, Reply> parsed = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reply> eldest) {
            return size() > KEPT;
        }
    };

    /** What the event's reply says; of a success, or where a status stands alone, nothing that matters. */
    Reply of(MessageTraceEvent event) {
        EventClass type = event.event();
        boolean matters = type == EventClass.DEFER || type == EventClass.FAIL || type == EventClass.CLOSE;
        return !matters || event.reply() == null ? NONE : parsed.computeIfAbsent(event.reply(), ReplyParser::parse);
    }
}
