package io.mailflow.format;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import io.mailflow.schema.Platform;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Enhanced summary reports of Exchange Online: one row per message, {@code recipient_status} lists what happened to each
 * recipient as {@code address##Receive, Send}. No error text. The connector is the source or the destination connector;
 * it is taken for the outbound one only where the recipient waits and the message goes out (directionality 2).
 */
final class EnhancedSummaryReader implements TraceReader {

    private static final String TIME = "origintimestamp";
    private static final String STATUS = "recipientstatus";
    private static final String SENDER = "senderaddress";
    /** A status ends where the next address starts: names of events hold no {@code @}. */
    private static final Pattern NEXT_RECIPIENT = Pattern.compile(";(?=[^;#]*##)");

    /** Whether these are this report's column names. */
    static boolean isHeader(List<String> fields) {
        Map<String, Integer> index = index(fields);
        return index.containsKey(TIME) && index.containsKey(STATUS) && index.containsKey(SENDER);
    }

    private static Map<String, Integer> index(List<String> header) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            index.putIfAbsent(TrackingColumn.plain(header.get(i)), i);
        }
        return index;
    }

    @Override
    public void read(Reader text, String file, RowSink sink) throws IOException {
        CsvRows rows = new CsvRows(text);
        Map<String, Integer> index = Map.of();
        int columns = 0;
        for (CsvRows.CsvRow row = rows.next(); row != null; row = rows.next()) {
            if (row.isComment()) {
                continue;
            }
            if (row.broken() != null) {
                sink.unreadable(row.line(), row.broken(), row.raw());
                continue;
            }
            if (isHeader(row.fields())) {
                index = index(row.fields());
                columns = row.fields().size();
                continue;
            }
            try {
                if (row.fields().size() != columns) {
                    throw new RowException("it has " + row.fields().size()
                            + (columns == 0
                                    ? " columns and no header names them"
                                    : " columns, the header names " + columns));
                }
                sink.row(row(new Values(index, row.fields()), new Origin(file, row.line())));
            } catch (RowException e) {
                sink.unreadable(row.line(), String.valueOf(e.getMessage()), row.raw());
            }
        }
    }

    private record Values(Map<String, Integer> index, List<String> fields) {
        String of(String column) {
            Integer i = index.get(column);
            return i == null ? "" : fields.get(i).strip();
        }
    }

    private static TraceRow row(Values values, Origin origin) throws RowException {
        Instant timestamp = Timestamps.parse(values.of(TIME));
        String tenant = Identities.guid(values.of("tenantid"));
        String networkMessageId = Identities.guid(values.of("networkmessageid"));
        String messageId = Identities.messageId(values.of("messageid"));
        if (networkMessageId == null && messageId == null) {
            throw new RowException("it names no message: network_message_id and message_id are empty");
        }
        if (values.of(STATUS).isEmpty()) {
            throw new RowException("it has no recipient");
        }
        String direction = values.of("directionality").toLowerCase(Locale.ROOT);
        boolean outbound = direction.equals("2") || direction.equals("originating") || direction.equals("outbound");
        String connector = outbound ? Identities.name("connector name", values.of("connectorid")) : null;
        String senderDomain = Identities.domain(values.of(SENDER));
        int others = 0;
        List<MessageTraceEvent> events = new ArrayList<>(1);
        for (String one : NEXT_RECIPIENT.split(values.of(STATUS))) {
            int mark = one.indexOf("##");
            String recipient = Identities.recipient(mark < 0 ? one : one.substring(0, mark));
            if (recipient == null) {
                throw new RowException("recipient_status holds a status without a recipient");
            }
            Outcome outcome = outcome(mark < 0 ? "" : one.substring(mark + 2));
            if (outcome == null) {
                others++;
                continue;
            }
            boolean waits = outcome.eventClass() == EventClass.PENDING;
            String itsConnector = waits ? connector : null;
            events.add(new MessageTraceEvent(
                    tenant == null ? TraceRow.NO_TENANT : tenant,
                    timestamp,
                    outcome.eventClass(),
                    outcome.name(),
                    null,
                    networkMessageId,
                    messageId,
                    null,
                    null,
                    recipient,
                    senderDomain,
                    itsConnector,
                    itsConnector == null ? null : ConnectorSource.ROW,
                    null,
                    null,
                    null,
                    Platform.EXCHANGE_ONLINE,
                    origin));
        }
        return new TraceRow(timestamp, tenant, others, events);
    }

    private record Outcome(EventClass eventClass, String name) {}

    /** The last event of the list that says where the recipient stands, or null if none does. */
    private static @Nullable Outcome outcome(String events) {
        Outcome last = null;
        for (String event : events.split("[,;]")) {
            EventClass meaning = switch (event.strip().toLowerCase(Locale.ROOT).replace(" ", "")) {
                case "send",
                        "sendexternal",
                        "deliver",
                        "delivered",
                        "fail",
                        "failed",
                        "expand",
                        "expanded",
                        "expanddl",
                        "redirect",
                        "drop",
                        "quarantined",
                        "filteredasspam",
                        "recalled" -> EventClass.FINAL;
                case "defer", "deferred", "pending" -> EventClass.PENDING;
                default -> EventClass.OTHER;
            };
            if (meaning != EventClass.OTHER) {
                last = new Outcome(meaning, event.strip());
            }
        }
        return last;
    }
}
