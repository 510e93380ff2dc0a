package io.mailflow.format;

import java.io.IOException;
import java.io.Reader;

/** The characters of a JSON text, and how far in on its line the last one stands. */
final class JsonCharacters {

    private final Reader in;
    private final char[] buffer = new char[1 << 16];
    private int next;
    private int filled;
    private int previous = -1;
    private int pushedBack = -1;
    private boolean atLineStart = true;
    private int indent;

    JsonCharacters(Reader in) {
        this.in = in;
    }

    /** The next character, or -1 at the end. */
    int read() throws IOException {
        int c;
        if (pushedBack >= 0) {
            c = pushedBack;
            pushedBack = -1;
            return c; // Its place in the line was noted when it was first read.
        }
        if (next == filled) {
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
            next = 0;
            if (filled == 0) {
                return -1;
            }
        }
        c = buffer[next++];
        if (previous == '\n') {
            atLineStart = true;
            indent = 0;
        } else if (atLineStart && previous != -1) {
            if (previous == ' ' || previous == '\t' || previous == '\uFEFF') {
                indent++;
            } else {
                atLineStart = false;
            }
        }
        previous = c;
        return c;
    }

    /** Gives the last one back: it will be the next again. */
    void unread(char c) {
        pushedBack = c;
    }

    /** Whether nothing but blanks stands before it on its line. */
    boolean atLineStart() {
        return atLineStart;
    }

    /** How many blanks stand before it, where it is the first of its line. */
    int indent() {
        return indent;
    }
}
