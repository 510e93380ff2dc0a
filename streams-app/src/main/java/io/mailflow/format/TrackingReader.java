package io.mailflow.format;

import io.mailflow.schema.Origin;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Message tracking logs of Exchange Server, extended reports of Exchange Online, and what {@code
 * Get-MessageTrackingLog | Export-Csv} makes of the former: one row per event, with all its recipients.
 */
final class TrackingReader implements TraceReader {

    private static final String FIELDS = "#Fields:";
    /** A header of all columns has 500 characters; it is kept with the position of a followed file. */
    private static final int LONGEST_HEADER = 16 * 1024;

    private final TrackingEvents events;

    TrackingReader(InputFormat format) {
        this.events = new TrackingEvents(format.platform());
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
                if (row.raw().startsWith(FIELDS) && row.raw().length() <= LONGEST_HEADER) {
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
            if (row.raw().length() <= LONGEST_HEADER && looksLikeHeader(row.fields())) {
                headed(TrackingLayout.ofHeader(row.fields()), row.raw());
                return;
            }
            try {
                TrackingLayout layout = layout(named, row.fields());
                String event = layout.value(row.fields(), TrackingColumn.EVENT_ID);
                String connector = layout.value(row.fields(), TrackingColumn.CONNECTOR_ID);
                sink.row(events.of(layout, row.fields(), new Origin(file, row.line())));
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
}
