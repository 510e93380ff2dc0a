package io.mailflow.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV text (RFC 4180), each cut out before it is parsed, so that a quotation mark that nobody closes
 * breaks its own row and not the rest of the file: a row ends at the latest where a line starts like a new one, with a
 * timestamp.
 */
final class CsvRows {

    private static final int MAX_LINES = 1000;
    private static final int MAX_CHARS = 4 << 20;
    private static final Pattern ROW_START = Pattern.compile(
            "^(?:#(?:Fields|Software|Version):|\"?(?:\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}|\\d{1,2}/\\d{1,2}/\\d{4} )[^,]{0,24},)");
    private static final CsvReader.CsvReaderBuilder CSV =
            CsvReader.builder().skipEmptyLines(false).maxBufferSize(2 * MAX_CHARS);

    private final LineReader lines;
    private boolean endedOpen;

    CsvRows(Reader text) {
        this.lines = new LineReader(text);
    }

    /**
     * A row or a comment.
     *
     * @param line its first line, counted from 1
     * @param raw the text as it stands
     * @param fields the values, empty for a comment and a broken row
     * @param broken why it is no row, or null
     */
    record CsvRow(
            long line,
            String raw,
            List<String> fields,
            @Nullable String broken) {

        /** Whether it is a {@code #…} line. */
        boolean isComment() {
            return broken == null && fields.isEmpty();
        }

        /** The same row of a text that has these lines before it. */
        CsvRow after(long lines) {
            return new CsvRow(line + lines, raw, fields, broken);
        }
    }

    /** How many lines the rows given so far took, blank ones included. */
    long linesTaken() {
        return lines.taken();
    }

    /** Whether the text ended within the quotes of the last row given: where more may follow, that row is not whole. */
    boolean endedOpen() {
        return endedOpen;
    }

    /** The next row that is not blank, or null at the end. */
    @Nullable
    CsvRow next() throws IOException {
        LineReader.Line first = lines.next();
        while (first != null && first.text().isBlank()) {
            first = lines.next();
        }
        if (first == null) {
            return null;
        }
        if (first.cut()) {
            return new CsvRow(first.number(), first.text(), List.of(), "the line is longer than 8 Mi characters");
        }
        if (first.text().startsWith("#")) {
            return new CsvRow(first.number(), first.text(), List.of(), null);
        }
        if (!endsInQuotes(first.text(), false)) {
            return parse(first.number(), first.text());
        }
        return joined(first);
    }

    /** A row that goes on after its line's end. */
    private CsvRow joined(LineReader.Line first) throws IOException {
        StringBuilder raw = new StringBuilder(first.text());
        List<LineReader.Line> taken = new ArrayList<>();
        while (taken.size() < MAX_LINES && raw.length() < MAX_CHARS) {
            LineReader.Line line = lines.next();
            if (line == null) {
                endedOpen = true;
                break;
            }
            if (ROW_START.matcher(line.text()).find()) {
                lines.giveBack(line);
                return new CsvRow(first.number(), raw.toString(), List.of(), "a quotation mark is not closed");
            }
            taken.add(line);
            raw.append('\n').append(line.text());
            if (!endsInQuotes(line.text(), true)) {
                return parse(first.number(), raw.toString());
            }
        }
        for (int i = taken.size() - 1; i >= 0; i--) {
            lines.giveBack(taken.get(i));
        }
        return new CsvRow(first.number(), first.text(), List.of(), "a quotation mark is not closed");
    }

    private static CsvRow parse(long line, String raw) {
        try {
            return new CsvRow(line, raw, fields(raw), null);
        } catch (CsvParseException e) {
            return new CsvRow(
                    line,
                    raw,
                    List.of(),
                    "it is not CSV: a quotation mark or a line's end stands in the middle of a value");
        }
    }

    /** The values of one record. */
    static List<String> fields(String raw) {
        return CSV.ofSingleCsvRecord(raw).getFields();
    }

    private static boolean endsInQuotes(String line, boolean startsInQuotes) {
        if (line.indexOf('"') < 0) {
            return startsInQuotes;
        }
        boolean quoted = startsInQuotes;
        boolean fieldStart = !startsInQuotes;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c == '"') {
                    if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                        i++;
                    } else {
                        quoted = false;
                    }
                }
            } else if (c == ',') {
                fieldStart = true;
                continue;
            } else if (c == '"' && fieldStart) {
                quoted = true;
            }
            fieldStart = false;
        }
        return quoted;
    }
}
