package io.mailflow.format;

import java.util.ArrayDeque;
import java.util.Deque;

/** The square and curly brackets that are open at a place of a text; they need not match. */
final class OpenBrackets {

    private final Deque<Character> open = new ArrayDeque<>();
    /** Counted, because a hostile text has a million of one kind and closes as many of the other. */
    private int braces;

    boolean isEmpty() {
        return open.isEmpty();
    }

    void clear() {
        open.clear();
        braces = 0;
    }

    /** @param kind the opening bracket */
    void open(char kind) {
        open.push(kind);
        braces += kind == '{' ? 1 : 0;
    }

    /** Closes the innermost one of that kind and those inside it that were left open; nothing if none is open. */
    void close(char kind) {
        int ofKind = kind == '{' ? braces : open.size() - braces;
        if (ofKind == 0) {
            return;
        }
        char closed;
        do {
            closed = open.pop();
            braces -= closed == '{' ? 1 : 0;
        } while (closed != kind);
    }
}
