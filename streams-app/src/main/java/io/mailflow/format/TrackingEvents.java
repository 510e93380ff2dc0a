package io.mailflow.format;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import io.mailflow.schema.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one row of a tracking log says once its columns are known: an event for each recipient that it is about. */
final class TrackingEvents {

    private static final int MAX_RECIPIENTS = 100_000;

    private final Platform platform;

    /** @param platform whose queues the log tells of */
    TrackingEvents(Platform platform) {
        this.platform = platform;
    }

    /** What the row says; its values stand where the layout says. */
    TraceRow of(TrackingLayout layout, List<String> fields, Origin origin) throws RowException {
        Instant timestamp = Timestamps.parse(layout.value(fields, TrackingColumn.DATE_TIME));
        String name = layout.value(fields, TrackingColumn.EVENT_ID).toUpperCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > 64) {
            throw new RowException("the event-id is missing or too long");
        }
        String tenant = Identities.guid(layout.value(fields, TrackingColumn.TENANT_ID));
        String source = Identities.name("source", layout.value(fields, TrackingColumn.SOURCE));
        List<String> recipients = recipients(layout.value(fields, TrackingColumn.RECIPIENT_ADDRESS));
        if (recipients.size() > MAX_RECIPIENTS) {
            throw new RowException("it has " + recipients.size() + " recipients");
        }
        EventClass rowClass = rowClass(name, source, layout.value(fields, TrackingColumn.CUSTOM_DATA));
        if (rowClass == EventClass.OTHER) {
            return new TraceRow(timestamp, tenant, Math.max(1, recipients.size()), List.of());
        }
        if (recipients.isEmpty()) {
            throw new RowException("it has no recipient");
        }
        return events(layout, fields, origin, timestamp, name, source, tenant, recipients, rowClass);
    }

    private TraceRow events(
            TrackingLayout layout,
            List<String> fields,
            Origin origin,
            Instant timestamp,
            String name,
            @Nullable String source,
            @Nullable String tenant,
            List<String> recipients,
            EventClass rowClass)
            throws RowException {
        String networkMessageId = Identities.guid(layout.value(fields, TrackingColumn.NETWORK_MESSAGE_ID));
        String messageId = Identities.messageId(layout.value(fields, TrackingColumn.MESSAGE_ID));
        String internalId =
                Identities.name("internal message id", layout.value(fields, TrackingColumn.INTERNAL_MESSAGE_ID));
        String clientHost = Identities.name("client host name", layout.value(fields, TrackingColumn.CLIENT_HOSTNAME));
        String serverHost = Identities.name("server host name", layout.value(fields, TrackingColumn.SERVER_HOSTNAME));
        String serverIp = Identities.name("server address", layout.value(fields, TrackingColumn.SERVER_IP));
        boolean outward = rowClass != EventClass.CLOSE;
        // On an attempt the client is the server that tries, and the server is the next one.
        String server = outward && clientHost != null ? clientHost : serverHost;
        if (networkMessageId == null && messageId == null && (server == null || internalId == null)) {
            throw new RowException(
                    "it names no message: network-message-id, message-id and internal-message-id are empty");
        }
        Optional<String> customConnector =
                CustomData.outboundConnector(layout.value(fields, TrackingColumn.CUSTOM_DATA));
        String connector = Identities.name(
                "connector name",
                customConnector.orElse(outward ? layout.value(fields, TrackingColumn.CONNECTOR_ID) : ""));
        ConnectorSource connectorSource = connector == null
                ? null
                : customConnector.isPresent() ? ConnectorSource.CUSTOM_DATA : ConnectorSource.ROW;
        Destination destination = outward && (serverHost != null || serverIp != null)
                ? new Destination(serverHost, serverIp, null)
                : null;
        String context = rowClass == EventClass.SEND
                ? null // There it is the session's id.
                : ReplyText.bounded(layout.value(fields, TrackingColumn.SOURCE_CONTEXT));
        String status = layout.value(fields, TrackingColumn.RECIPIENT_STATUS);
        List<@Nullable String> statuses = RecipientStatuses.of(isLostList(status) ? "" : status, recipients.size());
        String senderDomain = Identities.domain(layout.value(fields, TrackingColumn.SENDER_ADDRESS));

        int others = 0;
        List<MessageTraceEvent> events = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            String reply = ReplyText.choose(statuses.get(i), context);
            if (saysNothing(rowClass, name, connector, connectorSource, reply)) {
                others++;
                continue;
            }
            events.add(new MessageTraceEvent(
                    tenant == null ? TraceRow.NO_TENANT : tenant,
                    timestamp,
                    rowClass,
                    name,
                    source,
                    networkMessageId,
                    messageId,
                    server,
                    internalId,
                    recipients.get(i),
                    senderDomain,
                    connector,
                    connectorSource,
                    reply,
                    destination,
                    null,
                    platform,
                    origin));
        }
        return new TraceRow(timestamp, tenant, others, events);
    }

    private static EventClass rowClass(String name, @Nullable String source, String customData) {
        return switch (name) {
            case "SEND", "SENDEXTERNAL" -> EventClass.SEND;
            // The store driver defers deliveries into mailboxes: no connector is involved.
            case "DEFER" ->
                "STOREDRIVER".equalsIgnoreCase(source) || CustomData.repeatsLoggedDeferral(customData)
                        ? EventClass.OTHER
                        : EventClass.DEFER;
            case "FAIL", "DELIVERFAIL" -> EventClass.FAIL;
            case "DELIVER", "DROP", "EXPAND", "REDIRECT", "BADMAIL", "POISONMESSAGE", "MODERATORREJECT" ->
                EventClass.CLOSE;
            default -> EventClass.OTHER;
        };
    }

    private static boolean saysNothing(
            EventClass rowClass,
            String name,
            @Nullable String connector,
            @Nullable ConnectorSource connectorSource,
            @Nullable String reply) {
        boolean canSucceed = rowClass == EventClass.DEFER || rowClass == EventClass.FAIL || name.equals("DROP");
        if (canSucceed && ReplyText.isSuccess(reply)) {
            return true;
        }
        return rowClass == EventClass.FAIL
                && connectorSource == ConnectorSource.ROW
                && connector != null
                && ReceiveConnectors.isDefaultName(connector)
                && !ReplyText.isExpiry(reply);
    }

    /** Whether {@code Export-Csv} wrote the type of a list in place of what is in it. */
    private static boolean isLostList(String text) {
        return text.startsWith("System.") && text.endsWith("[]");
    }

    /** Addresses joined with {@code ;}; PowerShell's {@code {a, b}} too. */
    private static List<String> recipients(String text) throws RowException {
        if (text.isEmpty()) {
            return List.of();
        }
        if (isLostList(text)) {
            throw new RowException("the export lost the recipients (" + text
                    + "); join them before Export-Csv: @{n='Recipients';e={$_.Recipients -join ';'}}");
        }
        boolean braces = text.startsWith("{") && text.endsWith("}");
        String list = braces ? text.substring(1, text.length() - 1) : text;
        List<String> recipients = new ArrayList<>(1);
        for (String one : list.split(braces ? "[;,]" : ";")) {
            String address = Identities.recipient(one);
            if (address != null) {
                recipients.add(address);
            }
        }
        return recipients;
    }
}
