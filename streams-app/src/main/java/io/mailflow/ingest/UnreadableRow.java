package io.mailflow.ingest;

/**
 * A row that could not be understood.
 *
 * @param file the input as the user named it, an archive entry as {@code archive.zip!entry}
 * @param line its first line, counted from 1
 * @param reason why, in words for people
 * @param raw the row as text, shortened to 256 Ki characters
 */
public record UnreadableRow(String file, long line, String reason, String raw) {

    static final int MAX_RAW = 256 * 1024;

    public UnreadableRow {
        raw = raw.length() > MAX_RAW ? raw.substring(0, MAX_RAW) : raw;
    }

    /** {@code file:line: reason}. */
    public String describe() {
        return file + ":" + line + ": " + reason;
    }
}
