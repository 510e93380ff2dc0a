package io.mailflow.web;

/** The web side cannot start. The message says why and what to do, for the user to read. */
public final class WebException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WebException(String message, Throwable cause) {
        super(message, cause);
    }
}
