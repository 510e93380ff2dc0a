package io.mailflow.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole rows at the beginning of some bytes of a growing file. What may still grow is left for the next look: a last
 * line without its end, and a row within whose quotes the text stops.
 */
public final class TailText {

    /** How many bytes of a file's beginning tell its format, where it has so many. */
    public static final int BEGINNING = FormatDetector.HEAD;

    private final InputFormat format;
    private final String file;
    private final List<TailRow> rows = new ArrayList<>();

    private List<TraceRow> found = new ArrayList<>();
    private List<UnreadableRow> unreadable = new ArrayList<>();
    private List<String> receiveConnectors = new ArrayList<>();

    private TailText(InputFormat format, String file) {
        this.format = format;
        this.file = file;
    }

    /**
     * The format of a growing file, or null while there are only comments that do not tell.
     *
     * @param name the file's name, for messages
     * @param beginning whole lines from its beginning, at most {@link #BEGINNING} bytes
     * @param given what the format is, where somebody said so
     * @throws InputException if it is UTF-16 or in no format that we know; the message is a sentence for the user
     */
    public static @Nullable InputFormat format(String name, byte[] beginning, Optional<InputFormat> given)
            throws InputException {
        boolean marked = beginning.length > 1 && (beginning[0] & 0xfe) == 0xfe && (beginning[1] & 0xfe) == 0xfe;
        boolean halfEmpty = beginning.length > 1 && (beginning[0] == 0 || beginning[1] == 0);
        if (marked || halfEmpty) {
            throw new InputException(name + " is UTF-16; only UTF-8 and Windows code pages can be followed.");
        }
        if (given.isPresent()) {
            return given.get();
        }
        String text = new String(beginning, StandardCharsets.UTF_8).replace("\uFEFF", "");
        boolean onlyComments = text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
        if (onlyComments && !text.toLowerCase(Locale.ROOT).contains("#log-type:")) {
            return null;
        }
        return FormatDetector.detect(name, text);
    }

    /**
     * Reads the rows.
     *
     * @param format tracking log or canonical
     * @param file the file's name, for origins
     * @param bytes what stands in the file from where reading stopped
     * @param linesBefore lines of the file before that
     * @param header the header line that holds there, or null
     * @param ended whether nothing more will come: then all of it is read
     */
    public static List<TailRow> rows(
            InputFormat format, String file, byte[] bytes, long linesBefore, @Nullable String header, boolean ended)
            throws IOException {
        int[] ends = lineEnds(bytes, ended);
        if (ends.length == 0) {
            return List.of();
        }
        TailText text = new TailText(format, file);
        Reader reader = new Utf8OrWindowsReader(new ByteArrayInputStream(bytes, 0, ends[ends.length - 1]));
        if (format == InputFormat.CANONICAL) {
            text.canonical(reader, ends, linesBefore);
        } else {
            text.tracking(reader, ends, linesBefore, header, ended);
        }
        return List.copyOf(text.rows);
    }

    private void canonical(Reader reader, int[] ends, long linesBefore) throws IOException {
        LineReader lines = new LineReader(reader);
        for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
            long number = linesBefore + line.number();
            if (line.cut()) {
                sink().unreadable(number, "the line is longer than 8 Mi characters", line.text());
            } else if (!line.text().isBlank()) {
                CanonicalReader.line(line.text(), file, number, sink());
            }
            add(ends, line.number(), null);
        }
    }

    private void tracking(Reader reader, int[] ends, long linesBefore, @Nullable String header, boolean ended)
            throws IOException {
        CsvRows csv = new CsvRows(reader);
        TrackingReader.Rows meaning = new TrackingReader(format).rows(file, header);
        for (CsvRows.CsvRow row = csv.next(); row != null; row = csv.next()) {
            if (csv.endedOpen() && !ended) {
                return;
            }
            meaning.take(row.after(linesBefore), sink());
            add(ends, csv.linesTaken(), meaning.header());
        }
        if (rows.isEmpty() || rows.get(rows.size() - 1).lines() < ends.length) {
            add(ends, ends.length, meaning.header()); // Blank lines at the end.
        }
    }

    private void add(int[] ends, long lines, @Nullable String header) {
        rows.add(new TailRow(
                List.copyOf(found),
                List.copyOf(unreadable),
                List.copyOf(receiveConnectors),
                ends[(int) lines - 1],
                lines,
                header));
        found = new ArrayList<>();
        unreadable = new ArrayList<>();
        receiveConnectors = new ArrayList<>();
    }

    private RowSink sink() {
        return new RowSink() {
            @Override
            public void row(TraceRow row) {
                found.add(row);
            }

            @Override
            public void unreadable(long line, String reason, String raw) {
                unreadable.add(new UnreadableRow(file, line, reason, raw));
            }

            @Override
            public void receiveConnector(String name) {
                receiveConnectors.add(name);
            }
        };
    }

    /** Where lines end, their line feeds included; the last one without, if nothing more will come. */
    private static int[] lineEnds(byte[] bytes, boolean ended) {
        int[] ends = new int[64];
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || (ended && i == bytes.length - 1)) {
                if (count == ends.length) {
                    ends = Arrays.copyOf(ends, count * 2);
                }
                ends[count++] = i + 1;
            }
        }
        return Arrays.copyOf(ends, count);
    }
}
