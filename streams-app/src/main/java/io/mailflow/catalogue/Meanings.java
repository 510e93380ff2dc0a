package io.mailflow.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an enhanced status code says by itself (RFC 3463). */
final class Meanings {

    private Meanings() {}

    /** From the general to the particular; where nothing is known, a word for that. */
    static String of(String code, Texts texts) {
        String enhanced = code.substring(code.lastIndexOf(' ') + 1);
        List<String> parts = List.of(enhanced.split("\\."));
        // The reply code decides between "tried again" and "for good": 550 4.4.7 is final.
        String kind = "classes." + code.substring(0, Math.min(1, code.length()));
        Stream<String> keys = parts.size() < 3
                ? Stream.of(kind)
                : Stream.of(kind, "subjects." + parts.get(1), "details." + parts.get(1) + "." + parts.get(2));
        String meaning = keys.map(key -> texts.find("meanings." + key, Map.of()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return meaning.isEmpty() ? texts.text("words.meaning") : meaning;
    }
}
