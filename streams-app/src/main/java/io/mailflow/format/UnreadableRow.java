package io.mailflow.format;

/**
 * A row that could not be understood.
 *
 * @param file the input as the user named it, an archive entry as {@code archive.zip!entry}
 * @param line its first line, counted from 1
 * @param reason why, in words for people, shortened to 1,000 characters: it may repeat a value of the row
 * @param raw the row as text, shortened to 256 Ki characters
 */
public record UnreadableRow(String file, long line, String reason, String raw) {

    private static final int MAX_RAW = 256 * 1024;
    private static final int MAX_REASON = 1_000;

    public UnreadableRow {
        reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
        raw = raw.length() > MAX_RAW ? raw.substring(0, MAX_RAW) : raw;
    }

    /** {@code file:line: reason}. */
    public String describe() {
        return file + ":" + line + ": " + reason;
    }
}
