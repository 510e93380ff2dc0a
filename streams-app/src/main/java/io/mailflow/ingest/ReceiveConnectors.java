package io.mailflow.ingest;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The connectors of one input that receive mail: a FAIL on one of them refused mail from outside and is no attempt of
 * ours. They are known by the RECEIVE rows that name them, anywhere in the input, and by the names that setup gives.
 */
final class ReceiveConnectors {

    private static final Pattern DEFAULT_NAME = Pattern.compile(
            "([^\\\\]+)\\\\(?:Default|Default Frontend|Client Proxy|Client Frontend|Outbound Proxy Frontend|Default internal receive connector) \\1",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final int MAX_NAMES = 100_000;

    private final Set<String> seen = new HashSet<>();

    /** A RECEIVE row named it. */
    void add(String name) {
        if (seen.size() < MAX_NAMES) {
            seen.add(name.toLowerCase(Locale.ROOT));
        }
    }

    /** Whether a RECEIVE row named it; the name in lower case. */
    boolean contains(String lowerCaseName) {
        return seen.contains(lowerCaseName);
    }

    /** Whether setup gives a receive connector this name, such as {@code MBX1\Default Frontend MBX1}. */
    static boolean isDefaultName(String connector) {
        return connector.indexOf('\\') > 0 && DEFAULT_NAME.matcher(connector).matches();
    }

    /**
     * Whether the event is a refusal of incoming mail. An expiry never is: only what we try to send can expire, so the
     * row that says so comes before this one in the table of meanings.
     */
    boolean refused(MessageTraceEvent event) {
        return event.event() == EventClass.FAIL
                && event.connectorSource() == ConnectorSource.ROW
                && event.connector() != null
                && seen.contains(event.connector().toLowerCase(Locale.ROOT))
                && !ReplyText.isExpiry(event.reply());
    }
}
