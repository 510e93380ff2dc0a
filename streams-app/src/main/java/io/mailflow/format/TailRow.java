package io.mailflow.format;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a growing file, and where reading stands behind it.
 *
 * @param rows what it says: usually one row; none for a header or a comment, several where objects share a line
 * @param unreadable what of it could not be understood
 * @param receiveConnectors connectors that it shows to receive mail
 * @param bytes the offset behind it, from the beginning of the text that was read
 * @param lines how many lines of that text end there
 * @param header the header line that holds for the next row, or null
 */
public record TailRow(
        List<TraceRow> rows,
        List<UnreadableRow> unreadable,
        List<String> receiveConnectors,
        int bytes,
        long lines,
        @Nullable String header) {

    /** When it happened, or null where it says no time. */
    public @Nullable Instant timestamp() {
        return rows.isEmpty() ? null : rows.get(0).timestamp();
    }
}
