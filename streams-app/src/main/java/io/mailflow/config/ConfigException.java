package io.mailflow.config;

/** The configuration cannot be used. The message names the key, its value and what is expected, for the user to read. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
