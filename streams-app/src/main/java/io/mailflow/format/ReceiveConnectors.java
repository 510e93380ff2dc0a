package io.mailflow.format;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The connectors of one input that receive mail: a FAIL on one of them refused mail from outside and is no attempt of
 * ours. They are known by the RECEIVE rows that name them, anywhere in the input, and by the names that setup gives.
 */
public final class ReceiveConnectors {

    private static final Pattern DEFAULT_NAME = Pattern.compile(
            "([^\\\\]+)\\\\(?:Default|Default Frontend|Client Proxy|Client Frontend|Outbound Proxy Frontend|Default internal receive connector) \\1",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final int MAX_NAMES = 100_000;

    private final Set<String> seen = new HashSet<>();

    /** A RECEIVE row named it. */
    public void add(String name) {
        if (seen.size() < MAX_NAMES) {
            seen.add(name.toLowerCase(Locale.ROOT));
        }
    }

    /** Whether a RECEIVE row named it; the name in lower case. */
    public boolean contains(String lowerCaseName) {
        return seen.contains(lowerCaseName);
    }

    /** Whether setup gives a receive connector this name, such as {@code MBX1\Default Frontend MBX1}. */
    static boolean isDefaultName(String connector) {
        return connector.indexOf('\\') > 0 && DEFAULT_NAME.matcher(connector).matches();
    }

    /**
     * The connector, in lower case, on which the event is a refusal of incoming mail should that connector turn out to
     * receive mail; empty where it is none in any case. An expiry never is: only what we try to send can expire, so the
     * row that says so comes before this one in the table of meanings.
     */
    public static Optional<String> refusableOn(MessageTraceEvent event) {
        String connector = event.connector();
        return event.event() == EventClass.FAIL
                        && event.connectorSource() == ConnectorSource.ROW
                        && connector != null
                        && !ReplyText.isExpiry(event.reply())
                ? Optional.of(connector.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Whether the event is a refusal of incoming mail, by what is known so far. */
    public boolean refused(MessageTraceEvent event) {
        return refusableOn(event).filter(this::contains).isPresent();
    }
}
