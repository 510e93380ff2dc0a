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
    private static final String TIMESTAMP = "2026-07-07T15:48:53.514Z";
    private static final String SESSION_ID = "Z 08DED27250BC5691";
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
        return !matters || event.reply() == null
                ? NONE
                : parsed.computeIfAbsent(withoutMoment(event.reply()), ReplyParser::parse);
    }

    /**
     * The text without what differs from one attempt to the next and tells nothing: the last retry time at the end of
     * the container, and time and session id behind the server's name ({@code 2026-07-07T15:48:53.514Z
     * 08DED27250BC5691}).
     */
    static String withoutMoment(String text) {
        int retryTime = text.indexOf("{LRT=");
        int end = retryTime < 0 ? -1 : text.indexOf('}', retryTime);
        String shorter = end < 0 ? text : text.substring(0, retryTime) + text.substring(end + 1);
        int zulu = shorter.indexOf("Z ");
        boolean moment = zulu >= TIMESTAMP.length()
                && zulu + SESSION_ID.length() < shorter.length()
                && shorter.charAt(zulu - TIMESTAMP.indexOf('Z') + TIMESTAMP.indexOf('T')) == 'T';
        return moment
                ? shorter.substring(0, zulu - TIMESTAMP.indexOf('Z')) + shorter.substring(zulu + SESSION_ID.length())
                : shorter;
    }
}
