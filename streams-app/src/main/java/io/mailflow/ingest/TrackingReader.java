package io.mailflow.ingest;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Message tracking logs of Exchange Server, extended reports of Exchange Online, and what {@code
 * Get-MessageTrackingLog | Export-Csv} makes of the former: one row per event, with all its recipients.
 */
final class TrackingReader implements TraceReader {

    private static final int MAX_RECIPIENTS = 100_000;
    private static final String FIELDS = "#Fields:";

    private final InputFormat format;

    TrackingReader(InputFormat format) {
        this.format = format;
    }

    @Override
    public void read(Reader text, String file, RowSink sink) throws IOException {
        CsvRows rows = new CsvRows(text);
        Rows meaning = rows(file, null);
        for (CsvRows.CsvRow row = rows.next(); row != null; row = rows.next()) {
            meaning.take(row, sink);
        }
    }

    /**
     * What the rows of a file mean, one after the other.
     *
     * @param header the header line that holds for the first of them, or null
     */
    Rows rows(String file, @Nullable String header) {
        return new Rows(file, header);
    }

    /** Remembers the header from row to row. */
    final class Rows {

        private final String file;
        private @Nullable TrackingLayout named;
        private @Nullable String header;

        private Rows(String file, @Nullable String header) {
            this.file = file;
            this.header = header;
            if (header != null) {
                named = header.startsWith(FIELDS)
                        ? TrackingLayout.ofHeader(TrackingLayout.fieldsLine(header))
                        : TrackingLayout.ofHeader(CsvRows.fields(header));
            }
        }

        /** The header line that holds for the next row, or null. */
        @Nullable
        String header() {
            return header;
        }

        /** Tells the sink what the row says. */
        void take(CsvRows.CsvRow row, RowSink sink) throws IOException {
            if (row.isComment()) {
                if (row.raw().startsWith(FIELDS)) {
                    TrackingLayout layout = TrackingLayout.ofHeader(TrackingLayout.fieldsLine(row.raw()));
                    if (layout.isUsable()) {
                        headed(layout, row.raw());
                    }
                }
                return;
            }
            if (row.broken() != null) {
                sink.unreadable(row.line(), row.broken(), row.raw());
                return;
            }
            if (looksLikeHeader(row.fields())) {
                headed(TrackingLayout.ofHeader(row.fields()), row.raw());
                return;
            }
            try {
                TrackingLayout layout = layout(named, row.fields());
                String event = layout.value(row.fields(), TrackingColumn.EVENT_ID);
                String connector = layout.value(row.fields(), TrackingColumn.CONNECTOR_ID);
                sink.row(TrackingReader.this.row(layout, row, file));
                if (event.equalsIgnoreCase("RECEIVE") && !connector.isEmpty()) {
                    sink.receiveConnector(connector);
                }
            } catch (RowException e) {
                sink.unreadable(row.line(), String.valueOf(e.getMessage()), row.raw());
            }
        }

        private void headed(TrackingLayout layout, String line) {
            named = layout;
            header = line;
        }
    }

    private static boolean looksLikeHeader(List<String> fields) {
        // A data row starts with a digit; only a first value with letters is worth the look.
        String first = fields.get(0);
        return !first.isEmpty()
                && !Character.isDigit(first.charAt(0))
                && TrackingLayout.ofHeader(fields).isUsable();
    }

    private static TrackingLayout layout(@Nullable TrackingLayout named, List<String> fields) throws RowException {
        if (named != null && named.columns() == fields.size()) {
            return named;
        }
        Optional<TrackingLayout> byCount = TrackingLayout.ofRow(fields);
        if (byCount.isPresent()) {
            return byCount.get();
        }
        throw new RowException(
                named == null
                        ? "it has " + fields.size() + " columns and no header names them"
                        : "it has " + fields.size() + " columns, the header names " + named.columns());
    }

    private TraceRow row(TrackingLayout layout, CsvRows.CsvRow row, String file) throws RowException {
        List<String> fields = row.fields();
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
        return events(layout, row, file, timestamp, name, source, tenant, recipients, rowClass);
    }

    private TraceRow events(
            TrackingLayout layout,
            CsvRows.CsvRow row,
            String file,
            Instant timestamp,
            String name,
            @Nullable String source,
            @Nullable String tenant,
            List<String> recipients,
            EventClass rowClass)
            throws RowException {
        List<String> fields = row.fields();
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
        List<@Nullable String> statuses =
                RecipientStatuses.of(layout.value(fields, TrackingColumn.RECIPIENT_STATUS), recipients.size());
        String senderDomain = Identities.domain(layout.value(fields, TrackingColumn.SENDER_ADDRESS));
        Origin origin = new Origin(file, row.line());

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
                    format.platform(),
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

    /** Addresses joined with {@code ;}; PowerShell's {@code {a, b}} too. */
    private static List<String> recipients(String text) throws RowException {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.startsWith("System.") && text.endsWith("[]")) {
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
