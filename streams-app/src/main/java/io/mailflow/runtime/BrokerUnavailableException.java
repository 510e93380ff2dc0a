package io.mailflow.runtime;

/** No broker answers, or it does not let us in. The message says where and what to look at, for the user to read. */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
