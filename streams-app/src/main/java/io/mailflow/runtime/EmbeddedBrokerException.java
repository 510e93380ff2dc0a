package io.mailflow.runtime;

/** The embedded broker could not be started. The message says on which folder and why, for the user to read. */
public final class EmbeddedBrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
