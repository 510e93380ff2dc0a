package io.mailflow.web;

import io.mailflow.config.ConfigException;
import io.mailflow.config.SecretSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads secrets from where they stand. They reach no log and no error text. */
final class Secrets {

    /** Shorter tokens can be guessed. */
    private static final int SHORTEST_TOKEN = 16;

    private Secrets() {}

    /**
     * A token, or null where none is configured.
     *
     * @throws ConfigException if it cannot be read or is too short
     */
    static @Nullable String token(String key, @Nullable SecretSource source) {
        String token = secret(key, source);
        if (token != null && token.length() < SHORTEST_TOKEN) {
            throw new ConfigException("The token of " + key + " at " + source + " has " + token.length()
                    + " characters; expected at least " + SHORTEST_TOKEN + ", such as from: openssl rand -hex 32");
        }
        return token;
    }

    /**
     * A secret of any length, or null where none is configured.
     *
     * @throws ConfigException if it cannot be read
     */
    static @Nullable String secret(String key, @Nullable SecretSource source) {
        if (source == null) {
            return null;
        }
        try {
            return source.read();
        } catch (IOException e) {
            throw new ConfigException("Cannot use " + key + ": " + e.getMessage(), e);
        }
    }
}
