package io.mailflow.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which value of a row stands in which column: named by a header, or known by the number of columns. */
@SuppressWarnings("EnumOrdinal") // An array by ordinal is what millions of rows can afford.
final class TrackingLayout {

    private static final List<String> EXCHANGE_2007 = List.of(
            "date-time",
            "client-ip",
            "client-hostname",
            "server-ip",
            "server-hostname",
            "source-context",
            "connector-id",
            "source",
            "event-id",
            "internal-message-id",
            "message-id",
            "recipient-address",
            "recipient-status",
            "total-bytes",
            "recipient-count",
            "related-recipient-address",
            "reference",
            "message-subject",
            "sender-address",
            "return-path",
            "message-info");
    private static final List<String> SINCE_2010 =
            List.of("directionality", "tenant-id", "original-client-ip", "original-server-ip", "custom-data");
    private static final List<String> SINCE_2016 = List.of("transport-traffic-type", "log-id", "schema-version");

    /** Exchange 2007, 2010, 2013 and 2016 and later: 21, 26, 27 and 30 columns. */
    private static final List<TrackingLayout> BY_COUNT = List.of(
            ofHeader(EXCHANGE_2007),
            ofHeader(plus(EXCHANGE_2007, SINCE_2010)),
            ofHeader(withNetworkMessageId(plus(EXCHANGE_2007, SINCE_2010))),
            ofHeader(withNetworkMessageId(plus(plus(EXCHANGE_2007, SINCE_2010), SINCE_2016))));

    private static final Set<String> EVENTS = Set.of(
            "AGENTINFO",
            "BADMAIL",
            "CLIENTSUBMISSION",
            "DEFER",
            "DELIVER",
            "DELIVERFAIL",
            "DROP",
            "DSN",
            "DUPLICATEDELIVER",
            "DUPLICATEEXPAND",
            "DUPLICATEREDIRECT",
            "EXPAND",
            "FAIL",
            "HADISCARD",
            "HARECEIVE",
            "HAREDIRECT",
            "HAREDIRECTFAIL",
            "INITMESSAGECREATED",
            "LOAD",
            "MODERATIONEXPIRE",
            "MODERATORAPPROVE",
            "MODERATORREJECT",
            "MODERATORSALLNDR",
            "NOTIFYMAPI",
            "NOTIFYSHADOW",
            "POISONMESSAGE",
            "PROCESS",
            "PROCESSMEETINGMESSAGE",
            "RECEIVE",
            "REDIRECT",
            "RESOLVE",
            "RESUBMIT",
            "RESUBMITDEFER",
            "RESUBMITFAIL",
            "SEND",
            "SENDEXTERNAL",
            "SUBMIT",
            "SUBMITDEFER",
            "SUBMITFAIL",
            "SUPPRESSED",
            "THROTTLE",
            "TRANSFER");

    private static final int EVENT_ID = EXCHANGE_2007.indexOf("event-id");

    private final int[] index = new int[TrackingColumn.values().length];
    private final int columns;

    private TrackingLayout(List<String> header) {
        Arrays.fill(index, -1);
        this.columns = header.size();
        for (int i = 0; i < header.size(); i++) {
            TrackingColumn column = TrackingColumn.named(header.get(i));
            if (column != null && index[column.ordinal()] < 0) {
                index[column.ordinal()] = i;
            }
        }
    }

    /** The layout that a header's names give; {@link #isUsable} says whether that was a header at all. */
    static TrackingLayout ofHeader(List<String> names) {
        return new TrackingLayout(names);
    }

    /** The names in a {@code #Fields: a,b,c} line; none where it is not one. */
    static List<String> fieldsLine(String line) {
        try {
            return CsvRows.fields(line.substring(line.indexOf(':') + 1).strip());
        } catch (CsvParseException e) {
            return List.of();
        }
    }

    /** The layout of a row of a log that has no header, if its number of columns and its event name are known. */
    static Optional<TrackingLayout> ofRow(List<String> values) {
        if (values.size() <= EVENT_ID
                || !EVENTS.contains(values.get(EVENT_ID).strip().toUpperCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return BY_COUNT.stream()
                .filter(layout -> layout.columns == values.size())
                .findFirst();
    }

    /** Whether it names what no row can do without. */
    boolean isUsable() {
        return has(TrackingColumn.DATE_TIME) && has(TrackingColumn.EVENT_ID) && has(TrackingColumn.RECIPIENT_ADDRESS);
    }

    /** How many values a row has. */
    int columns() {
        return columns;
    }

    /** The row's value of that column without white space around it; empty where the layout has no such column. */
    String value(List<String> values, TrackingColumn column) {
        int i = index[column.ordinal()];
        return i < 0 ? "" : values.get(i).strip();
    }

    private boolean has(TrackingColumn column) {
        return index[column.ordinal()] >= 0;
    }

    private static List<String> plus(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<String> withNetworkMessageId(List<String> names) {
        int after = names.indexOf("message-id") + 1;
        return java.util.stream.Stream.of(
                        names.subList(0, after), List.of("network-message-id"), names.subList(after, names.size()))
                .flatMap(List::stream)
                .toList();
    }
}
