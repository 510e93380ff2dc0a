package io.mailflow.format;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts JSON into its rows before anybody parses it, so that a broken row breaks nothing but itself: NDJSON, arrays,
 * single objects, and envelopes whose rows stand in {@code value} or {@code d.results}, several after each other.
 *
 * <p>A row ends with its closing brace; at the latest where a line starts with a brace no further in than the row's own
 * first line did, or where the array around it is closed.
 */
final class JsonElements {

    /** A longer row is cut. */
    static final int MAX_CHARS = 4 << 20;

    private static final int MAX_DEPTH = 64;

    private final JsonCharacters in;
    private long number;
    private @Nullable String envelope;
    /** Braces of the envelope to be closed after its array. */
    private int envelopeDepth;

    private int arrays;
    /** How many arrays were open around the envelope. */
    private int arraysOutside;

    JsonElements(Reader text) {
        this.in = new JsonCharacters(text);
    }

    /**
     * A row.
     *
     * @param number counted from 1
     * @param raw its text
     * @param envelope what stood before the array it is in, made whole as JSON of its own, or null
     * @param broken why it cannot be a row, or null
     */
    record Element(
            long number,
            String raw,
            @Nullable String envelope,
            @Nullable String broken) {}

    /** The next row, or null at the end. */
    @Nullable
    Element next() throws IOException {
        while (true) {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            switch (c) {
                case ' ', '\t', '\r', '\n', ',', '}', '\uFEFF' -> {}
                case '[' -> arrays++;
                case ']' -> {
                    arrays = Math.max(0, arrays - 1);
                    if (envelope != null && arrays <= arraysOutside) {
                        skipTail();
                    }
                }
                case '{' -> {
                    Element element = object();
                    if (element != null) {
                        return element;
                    }
                }
                default -> {
                    return garbage((char) c);
                }
            }
        }
    }

    /** Reads an object whose brace was read; null if it turned out to be an envelope. */
    private @Nullable Element object() throws IOException {
        boolean startsLine = in.atLineStart();
        int startIndent = in.indent();
        StringBuilder raw = new StringBuilder(512).append('{');
        char[] open = new char[MAX_DEPTH];
        String[] keys = new String[MAX_DEPTH + 1];
        open[0] = '{';
        int depth = 1;
        int stringStart = -1;
        String lastString = "";
        boolean inString = false;
        boolean escaped = false;
        boolean tooLong = false;
        while (depth > 0) {
            int read = in.read();
            if (read < 0) {
                return broken(raw, "the input ends in the middle of it");
            }
            char c = (char) read;
            if (c == '\n') {
                if (inString && startsLine && raw.indexOf("\n") < 0) {
                    return broken(raw, "a string in it is not closed"); // One row per line, and this one is cut.
                }
                inString = false; // No JSON string goes over a line's end.
                escaped = false;
            } else if (c == '{' && in.atLineStart() && startsLine && in.indent() <= startIndent) {
                in.unread(c);
                return broken(raw, "it is not closed");
            }
            if (raw.length() < MAX_CHARS) {
                raw.append(c);
            } else {
                tooLong = true;
            }
            if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (c == '\\') {
                    escaped = true;
                } else if (c == '"') {
                    inString = false;
                    lastString = tooLong || depth > 2 ? "" : raw.substring(stringStart, raw.length() - 1);
                }
                continue;
            }
            switch (c) {
                case '"' -> {
                    inString = true;
                    stringStart = raw.length();
                }
                case ':' -> keys[depth] = lastString;
                case '{', '[' -> {
                    if (c == '[' && isRows(depth, keys)) {
                        raw.setLength(raw.length() - 1);
                        envelope = raw + "[]" + "}".repeat(depth);
                        envelopeDepth = depth;
                        arraysOutside = arrays++;
                        return null;
                    }
                    if (depth == MAX_DEPTH) {
                        return broken(raw, "it is nested deeper than " + MAX_DEPTH);
                    }
                    open[depth++] = c;
                }
                case '}', ']' -> {
                    if (open[depth - 1] != (c == '}' ? '{' : '[')) {
                        if (!tooLong) {
                            raw.setLength(raw.length() - 1);
                        }
                        in.unread(c);
                        return broken(raw, "its brackets do not match");
                    }
                    depth--;
                }
                default -> {}
            }
        }
        return tooLong
                ? broken(raw, "it is longer than " + MAX_CHARS + " characters")
                : new Element(++number, raw.toString(), envelope, null);
    }

    private static boolean isRows(int depth, String[] keys) {
        return (depth == 1 && ("value".equals(keys[1]) || "d".equals(keys[1]) || "results".equals(keys[1])))
                || (depth == 2 && "d".equals(keys[1]) && "results".equals(keys[2]));
    }

    private Element broken(StringBuilder raw, String why) {
        return new Element(++number, raw.toString().strip(), envelope, why);
    }

    /** Skips what follows the rows in their envelope. */
    private void skipTail() throws IOException {
        int depth = envelopeDepth;
        boolean inString = false;
        boolean escaped = false;
        while (depth > 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            if (c == '\n') {
                inString = false;
                escaped = false;
            } else if (c == '{' && in.atLineStart() && in.indent() == 0) {
                in.unread((char) c); // The envelope was not closed, another begins.
                break;
            } else if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (c == '\\') {
                    escaped = true;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        envelope = null;
    }

    /** What is no object, up to the line's end, the next brace or the end of the array. */
    private Element garbage(char first) throws IOException {
        StringBuilder raw = new StringBuilder().append(first);
        boolean inString = first == '"';
        while (true) {
            int c = in.read();
            if (c < 0 || c == '\n') {
                break;
            }
            if (!inString && (c == '{' || c == ']')) {
                in.unread((char) c);
                break;
            }
            if (c == '"') {
                inString = !inString;
            }
            if (raw.length() < MAX_CHARS) {
                raw.append((char) c);
            }
        }
        return broken(raw, "it is not a JSON object");
    }
}
