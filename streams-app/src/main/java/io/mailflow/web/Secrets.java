package io.mailflow.web;

import io.mailflow.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads secrets from files or the environment. They reach no log and no error text. */
final class Secrets {

    /** Shorter tokens can be guessed. */
    private static final int SHORTEST_TOKEN = 16;

    private final UnaryOperator<@Nullable String> environment;

    /** @param environment value of a variable by its name, null where it is not set */
    Secrets(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * A token, or null where none is configured.
     *
     * @throws ConfigException if the file cannot be read or the token is too short
     */
    @Nullable
    String token(String key, @Nullable Path file, String variable) {
        String token = secret(key, file, variable);
        if (token != null && token.length() < SHORTEST_TOKEN) {
            throw new ConfigException("The token of " + key + " (or " + variable + ") has " + token.length()
                    + " characters; expected at least " + SHORTEST_TOKEN + ", such as from: openssl rand -hex 32");
        }
        return token;
    }

    /** A secret of any length, or null where none is configured. */
    @Nullable
    String secret(String key, @Nullable Path file, String variable) {
        String value = file == null ? environment.apply(variable) : read(key, file);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String read(String key, Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new ConfigException("The file of " + key + ", " + file + ", is empty");
            }
            return text;
        } catch (IOException e) {
            throw new ConfigException("Cannot read the file of " + key + ", " + file + ": " + e.getMessage(), e);
        }
    }
}
