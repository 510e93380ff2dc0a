package io.mailflow.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which format a text is, told by its beginning. */
final class FormatDetector {

    /** How much of the text is looked at, in characters. */
    static final int HEAD = 1 << 16;

    /** Ends the sentence about a text of no known format. */
    static final String UNKNOWN = ", in none of the known formats.";

    private static final int LINES = 200;
    /** How a line of JSON rows begins; other texts begin lines with brackets as well. */
    private static final Pattern JSON = Pattern.compile("\\{\\s*(?:[\"}]|$)|\\[\\s*(?:[{\\[\\]]|$)");

    private static final Pattern KEY = Pattern.compile("(?<!\\\\)\"([A-Za-z@._]{1,40})\"\\s*:");

    private FormatDetector() {}

    /**
     * The format of the text that begins so.
     *
     * @param name the input's name, for messages
     * @throws InputException if it is none that we know
     */
    static InputFormat detect(String name, String head) throws InputException {
        int looked = 0;
        boolean json = false;
        for (String line : (Iterable<String>) head.lines()::iterator) {
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            if (++looked > LINES) {
                break;
            }
            if (text.startsWith("#")) {
                rejectOtherLog(name, text);
                if (text.startsWith("#Fields:")
                        && TrackingLayout.ofHeader(TrackingLayout.fieldsLine(text))
                                .isUsable()) {
                    return InputFormat.TRACKING_LOG;
                }
                continue;
            }
            if (JSON.matcher(text).lookingAt()) {
                json = true;
                continue;
            }
            if (json) {
                continue;
            }
            InputFormat csv = csv(line);
            if (csv != null) {
                return csv;
            }
        }
        if (json) {
            return json(name, head);
        }
        if (head.contains("#Log-type: Message Tracking Log")) {
            return InputFormat.TRACKING_LOG; // Just its header, or broken rows only.
        }
        if (looked == 0) {
            throw new InputException(name + " is empty.");
        }
        throw unknown(name + " is not a message trace");
    }

    private static InputException unknown(String what) {
        return new InputException(what + UNKNOWN);
    }

    private static void rejectOtherLog(String name, String comment) throws InputException {
        String key = "#log-type:";
        if (comment.toLowerCase(Locale.ROOT).startsWith(key)) {
            String kind = comment.substring(key.length()).strip();
            if (!kind.equalsIgnoreCase("Message Tracking Log")) {
                throw new InputException(name + " is a log of another kind (" + kind
                        + "); a message tracking log (MSGTRK*.log) is needed.");
            }
        }
    }

    private static @org.jspecify.annotations.Nullable InputFormat csv(String line) {
        List<String> fields;
        try {
            fields = CsvRows.fields(line);
        } catch (CsvParseException e) {
            return null;
        }
        TrackingLayout tracking = TrackingLayout.ofHeader(fields);
        if (tracking.isUsable()) {
            // Exchange Online's reports write date_time_utc where tracking logs write date-time.
            return line.toLowerCase(Locale.ROOT).contains("event_id") ? InputFormat.EXTENDED : InputFormat.TRACKING_LOG;
        }
        if (EnhancedSummaryReader.isHeader(fields)) {
            return InputFormat.ENHANCED_SUMMARY;
        }
        return TrackingLayout.ofRow(fields).isPresent() ? InputFormat.TRACKING_LOG : null;
    }

    private static InputFormat json(String name, String head) throws InputException {
        Set<String> keys = new HashSet<>();
        Matcher matcher = KEY.matcher(head);
        while (matcher.find()) {
            keys.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        if (keys.contains("event") && keys.contains("timestamp")) {
            return InputFormat.CANONICAL;
        }
        if (keys.contains("status")
                && (keys.contains("received") || keys.contains("receiveddatetime") || keys.contains("datereceived"))) {
            return InputFormat.TRACE_JSON;
        }
        if (keys.contains("event") && (keys.contains("datetime") || keys.contains("date"))) {
            return InputFormat.DETAIL_JSON;
        }
        if (keys.contains("usemxrecord") || keys.contains("smarthosts")) {
            throw new InputException(name + " lists connectors, not messages; pass it with --connectors.");
        }
        if (head.length() < HEAD && hasNoRows(head)) {
            return InputFormat.TRACE_JSON; // An answer without rows.
        }
        throw unknown(name + " is JSON, but not a message trace");
    }

    private static boolean hasNoRows(String text) {
        try {
            return new JsonElements(new StringReader(text)).next() == null;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can always be read", e);
        }
    }
}
