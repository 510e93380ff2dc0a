package io.mailflow.readmodel;

/** The text is no cursor of this list. */
public final class BadCursorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadCursorException() {
        super("not a cursor of this list");
    }
}
