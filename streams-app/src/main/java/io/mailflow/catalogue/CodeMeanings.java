package io.mailflow.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RFC 3463 in words of one language.
 *
 * @param classes by first number
 * @param subjects by second number
 * @param details by second and third number, {@code 4.1}
 */
record CodeMeanings(Map<String, String> classes, Map<String, String> subjects, Map<String, String> details) {

    /** What a code says by itself, from the general to the particular; empty for {@code none}. */
    String of(String code) {
        String enhanced = Codes.enhanced(code);
        List<String> parts = List.of(enhanced.split("\\."));
        // The reply code decides between "tried again" and "for good": 550 4.4.7 is final.
        String kind = classes.get(code.substring(0, Math.min(1, code.length())));
        if (parts.size() < 3) {
            return Objects.requireNonNullElse(kind, "");
        }
        return Stream.of(kind, subjects.get(parts.get(1)), details.get(parts.get(1) + "." + parts.get(2)))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
    }
}
