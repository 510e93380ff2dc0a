package io.mailflow.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of tracking logs and extended reports that say something to us. */
enum TrackingColumn {
    DATE_TIME("datetime", "timestamp"),
    CLIENT_HOSTNAME("clienthostname"),
    SERVER_IP("serverip"),
    SERVER_HOSTNAME("serverhostname"),
    SOURCE_CONTEXT("sourcecontext"),
    CONNECTOR_ID("connectorid"),
    SOURCE("source"),
    EVENT_ID("eventid"),
    INTERNAL_MESSAGE_ID("internalmessageid"),
    MESSAGE_ID("messageid"),
    NETWORK_MESSAGE_ID("networkmessageid"),
    RECIPIENT_ADDRESS("recipientaddress", "recipients"),
    RECIPIENT_STATUS("recipientstatus"),
    SENDER_ADDRESS("senderaddress", "sender"),
    TENANT_ID("tenantid"),
    CUSTOM_DATA("customdata", "eventdata");

    private final String name;
    private final String inPowerShell;

    TrackingColumn(String name) {
        this(name, name);
    }

    TrackingColumn(String name, String inPowerShell) {
        this.name = name;
        this.inPowerShell = inPowerShell;
    }

    /** The column of a header's name, in any of the spellings: {@code event-id}, {@code event_id}, {@code EventId}. */
    static @Nullable TrackingColumn named(String header) {
        String plain = plain(header);
        for (TrackingColumn column : values()) {
            if (column.name.equals(plain) || column.inPowerShell.equals(plain)) {
                return column;
            }
        }
        return null;
    }

    /** A header's name without quotes, hyphens, underscores and the {@code _utc} at its end, in lower case. */
    static String plain(String header) {
        StringBuilder letters = new StringBuilder(header.length());
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(c);
            }
        }
        String plain = letters.toString().toLowerCase(Locale.ROOT);
        return plain.endsWith("utc") ? plain.substring(0, plain.length() - 3) : plain;
    }
}
