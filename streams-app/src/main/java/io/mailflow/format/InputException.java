package io.mailflow.format;

import java.io.IOException;

/** Input that cannot be read at all. The message is one sentence for the user: what, where, and what to do. */
public final class InputException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With the sentence to show. */
    public InputException(String sentence) {
        super(sentence);
    }

    /** With the sentence to show and what caused it. */
    public InputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
