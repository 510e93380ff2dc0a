package io.mailflow.readmodel;

/** The read model cannot go on. The message says why and what to do, for the user to read. */
public final class ReadModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReadModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
