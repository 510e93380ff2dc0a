package io.mailflow.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lines with their numbers; CR LF and LF end a line, and a line can be given back. */
final class LineReader {

    /** A longer line is cut: no row of a trace comes near. */
    static final int MAX_LINE = 8 << 20;

    private final Reader in;
    private final char[] buffer = new char[1 << 16];
    private int next;
    private int filled;
    private long number;
    private final Deque<Line> givenBack = new ArrayDeque<>();

    /**
     * A line.
     *
     * @param number counted from 1
     * @param cut whether it was longer than {@link #MAX_LINE}
     */
    record Line(long number, String text, boolean cut) {}

    LineReader(Reader in) {
        this.in = in;
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        Line back = givenBack.pollFirst();
        return back != null ? back : read();
    }

    /** The number of the last line taken and not given back; 0 before the first. */
    long taken() {
        return number - givenBack.size();
    }

    /** Will be the next line again. */
    void giveBack(Line line) {
        givenBack.addFirst(line);
    }

    private @Nullable Line read() throws IOException {
        StringBuilder longer = null;
        boolean cut = false;
        while (true) {
            if (next == filled) {
                filled = Math.max(0, in.read(buffer, 0, buffer.length));
                next = 0;
                if (filled == 0) {
                    return longer == null ? null : line(longer.toString(), cut);
                }
            }
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            boolean whole = end < filled;
            if (whole && longer == null) {
                Line line = line(new String(buffer, next, end - next), false);
                next = end + 1;
                return line;
            }
            if (longer == null) {
                longer = new StringBuilder();
            }
            int room = Math.min(end - next, MAX_LINE - longer.length());
            longer.append(buffer, next, room);
            cut |= room < end - next;
            next = whole ? end + 1 : end;
            if (whole) {
                return line(longer.toString(), cut);
            }
        }
    }

    private Line line(String text, boolean cut) {
        int end = text.endsWith("\r") ? text.length() - 1 : text.length();
        // Files that were glued together have byte order marks in the middle.
        int start = end > 0 && text.charAt(0) == '\uFEFF' ? 1 : 0;
        return new Line(++number, text.substring(start, end), cut);
    }
}
