package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.serde.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request; an unknown one is refused, and what cannot be used is named. */
final class Parameters {

    private static final int LONGEST = 8_000;

    private final Map<String, List<String>> given;

    private Parameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /** @param known the names that the path takes */
    static Parameters of(Context ctx, String... known) {
        Map<String, List<String>> given = ctx.queryParamMap();
        for (Map.Entry<String, List<String>> entry : given.entrySet()) {
            if (!List.of(known).contains(entry.getKey())) {
                throw ProblemException.parameter(
                        entry.getKey(),
                        String.join(", ", entry.getValue()),
                        known.length == 0
                                ? "no parameter here"
                                : "one of the parameters " + String.join(", ", known) + " instead");
            }
        }
        return new Parameters(given);
    }

    /** A text that is given at most once; blank counts as absent. */
    @Nullable
    String text(String name) {
        List<String> values = texts(name);
        if (values.size() > 1) {
            throw ProblemException.parameter(name, String.join(", ", values), "it once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** A text that may be given several times. */
    List<String> texts(String name) {
        List<String> values = given.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
        for (String value : values) {
            if (value.length() > LONGEST) {
                throw ProblemException.parameter(name, value, "at most " + LONGEST + " characters");
            }
        }
        return values;
    }

    int whole(String name, int byDefault, int atLeast, int atMost) {
        String text = text(name);
        if (text == null) {
            return byDefault;
        }
        String expected = "a whole number from " + atLeast + " to " + atMost;
        try {
            int value = Integer.parseInt(text);
            if (value >= atLeast && value <= atMost) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw ProblemException.parameter(name, text, expected);
        }
        throw ProblemException.parameter(name, text, expected);
    }

    @Nullable
    Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String expected = "an instant in UTC such as 2026-01-05T08:00:00Z, between the years 1970 and 9999";
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            throw ProblemException.parameter(name, text, expected);
        }
        throw ProblemException.parameter(name, text, expected);
    }

    /** One of an enum's constants by its word in JSON. */
    <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        String text = text(name);
        return text == null ? null : constant(name, text, type);
    }

    /** Any of an enum's constants by their words in JSON. */
    <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
        return texts(name).stream().map(text -> constant(name, text, type)).collect(Collectors.toUnmodifiableSet());
    }

    /** One of some words, with what each means. */
    <T> T oneOf(String name, Map<String, T> meanings, T byDefault) {
        String text = text(name);
        if (text == null) {
            return byDefault;
        }
        T meaning = meanings.get(text);
        if (meaning == null) {
            throw ProblemException.parameter(name, text, "one of " + String.join(", ", meanings.keySet()));
        }
        return meaning;
    }

    private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> words.put(Json.MAPPER.convertValue(constant, String.class), constant));
        E constant = words.get(text);
        if (constant == null) {
            throw ProblemException.parameter(name, text, "one of " + String.join(", ", words.keySet()));
        }
        return constant;
    }
}
