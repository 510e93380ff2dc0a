package io.mailflow.reply;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Owner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Last-error texts as servers write them, each with what a person reads in it. */
public final class LedExamples {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private LedExamples() {}

    /** One text; {@code innermost} is the last link of its chain. */
    public record Example(
            String text,
            String kind,
            String code,
            @Nullable String cause,
            int chainLength,
            String innermost,
            @Nullable Destination destination,
            String entry,
            Owner owner) {

        @Override
        public String toString() {
            return code + " in "
                    + text.substring(0, Math.min(90, text.length())).replace('\n', ' ');
        }
    }

    public static List<Example> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(LedExamples.class.getResourceAsStream("led-examples.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(LedExamples::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Example read(String line) {
        try {
            return MAPPER.readValue(line, Example.class);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
