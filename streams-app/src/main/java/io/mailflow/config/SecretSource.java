package io.mailflow.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a secret stands; the secret itself never does in a configuration. Read anew for every use, so that one that is
 * replaced holds at once.
 *
 * @param place a file or an environment variable
 * @param name path of the file or name of the variable
 */
public record SecretSource(Place place, String name) {

    /** Where to look. */
    public enum Place {
        FILE,
        ENVIRONMENT
    }

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    /** Reads {@code file:PATH} or {@code env:NAME}; empty for anything else. */
    public static Optional<SecretSource> parse(String text) {
        if (text.startsWith(FILE) && text.length() > FILE.length() && text.indexOf('\0') < 0) {
            return Optional.of(new SecretSource(Place.FILE, text.substring(FILE.length())));
        }
        if (text.startsWith(ENVIRONMENT) && text.substring(ENVIRONMENT.length()).matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return Optional.of(new SecretSource(Place.ENVIRONMENT, text.substring(ENVIRONMENT.length())));
        }
        return Optional.empty();
    }

    /**
     * The secret, without the line end that editors leave.
     *
     * @throws IOException if it is not there, empty or more than one line; the message names the place, never the secret
     */
    public String read() throws IOException {
        String secret;
        try {
            secret = place == Place.FILE
                    ? Files.readString(Path.of(name))
                    : Objects.requireNonNullElse(System.getenv(name), "");
        } catch (IOException e) {
            throw new IOException("there is no secret to read at " + this, e);
        }
        if (secret.isBlank()) {
            throw new IOException("the secret at " + this + " is empty");
        }
        String line = secret.strip();
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("the secret at " + this + " has more than one line or control characters in it;"
                    + " expected one line of text");
        }
        return line;
    }

    @Override
    public String toString() {
        return (place == Place.FILE ? FILE : ENVIRONMENT) + name;
    }
}
