package io.mailflow.oracle;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event that was taken in, and what it means for its recipient.
 *
 * @param order its number in the order of reading
 * @param event the event
 * @param kind what it means
 * @param code the first reply of its text, or {@code none}
 * @param progressMs its source's progress when it was read
 * @param knownMs the evaluation from which on it is known
 * @param late it changes no count
 */
record Row(int order, MessageTraceEvent event, Kind kind, String code, long progressMs, long knownMs, boolean late) {

    static final String NONE = "none";

    private static final Pattern REPLY = Pattern.compile("^(?:([245]\\d\\d)[ -])?([245]\\.\\d+\\.\\d+)?");
    private static final Set<String> EXPIRY =
            Set.of("4.4.7", "5.4.300", "5.4.312", "5.4.315", "5.4.316", "5.4.317", "5.4.318");

    /** The meanings of the table of rows. */
    enum Kind {
        SENT,
        DEFERRED,
        /** A rejection if it was an attempt, else a closing; what else is known of the recipient decides. */
        FAILED,
        REJECTED,
        EXPIRED,
        /** Says something only of a recipient that is queued. */
        CLOSED,
        PENDING,
        FINAL
    }

    /** A recipient of a message of a tenant. */
    record Recipient(String tenant, String message, String address) {
        static Recipient of(MessageTraceEvent event) {
            String message = event.networkMessageId() != null
                    ? event.networkMessageId()
                    : event.messageId() != null ? event.messageId() : event.server() + "#" + event.internalMessageId();
            return new Recipient(event.tenant(), message, event.recipient().toLowerCase(Locale.ROOT));
        }
    }

    long atMs() {
        return event.timestamp().toEpochMilli();
    }

    Row as(Kind other) {
        return new Row(order, event, other, code, progressMs, knownMs, late);
    }

    /** Whether what else is known decides what it says. */
    boolean depends() {
        return kind == Kind.FAILED || kind == Kind.CLOSED;
    }

    /** An attempt that names its own connector, and so that of others. */
    boolean isNamedAttempt() {
        return !late && event.connector() != null && (isAttempt() || kind == Kind.FAILED);
    }

    boolean isAttempt() {
        return kind == Kind.SENT || kind == Kind.DEFERRED || kind == Kind.REJECTED;
    }

    boolean isFailure() {
        return kind == Kind.DEFERRED || kind == Kind.REJECTED;
    }

    /** Says that the recipient is no longer queued. */
    boolean closes() {
        return kind == Kind.SENT || kind == Kind.REJECTED || kind == Kind.EXPIRED || kind == Kind.CLOSED;
    }

    /** The code as it stands at the beginning of the text; this reference reads no other texts. */
    static String codeOf(MessageTraceEvent event) {
        boolean tells = event.event() == EventClass.DEFER
                || event.event() == EventClass.FAIL
                || event.event() == EventClass.CLOSE;
        if (!tells || event.reply() == null) {
            return NONE;
        }
        Matcher reply = REPLY.matcher(event.reply());
        String found = reply.find() ? reply.group().strip() : "";
        return found.isEmpty() ? NONE : found;
    }

    static boolean isPositive(String code) {
        return code.startsWith("2");
    }

    static boolean isExpiry(String code) {
        return EXPIRY.contains(code.substring(code.indexOf(' ') + 1));
    }
}
