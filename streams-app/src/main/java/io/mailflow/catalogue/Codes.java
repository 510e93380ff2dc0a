package io.mailflow.catalogue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which entry answers which code. */
final class Codes {

    private static final Pattern RANGE = Pattern.compile("([245]\\.\\d{1,3}\\.)(\\d{1,3})-(\\d{1,3})");
    private static final Pattern SINGLE = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}|[245]\\d\\d|none");

    private final Map<String, String> entryByCode;

    private Codes(Map<String, String> entryByCode) {
        this.entryByCode = entryByCode;
    }

    /** The part of a code that entries are matched by: the enhanced code, else what there is. */
    static String enhanced(String code) {
        return code.substring(code.lastIndexOf(' ') + 1);
    }

    /** Refuses malformed codes and codes that two entries claim. */
    static Codes of(String file, Map<String, Entry> entries) {
        Map<String, String> byCode = new HashMap<>();
        entries.forEach((id, entry) -> entry.codes().forEach(code -> {
            Matcher range = RANGE.matcher(code);
            if (range.matches()) {
                for (int detail = Integer.parseInt(range.group(2));
                        detail <= Integer.parseInt(range.group(3));
                        detail++) {
                    claim(file, byCode, range.group(1) + detail, id);
                }
            } else if (SINGLE.matcher(code).matches()) {
                claim(file, byCode, code, id);
            } else {
                throw new CatalogueException(
                        "%s: entries.%s.codes has \"%s\"; expected is a code such as 4.4.316, a range such as 4.7.500-699, or a reply code such as 421"
                                .formatted(file, id, code));
            }
        }));
        return new Codes(Map.copyOf(byCode));
    }

    Optional<String> entry(String code) {
        return Optional.ofNullable(entryByCode.get(enhanced(code)));
    }

    /** The smallest code that an entry lists, or {@code none} where causes alone lead to it. */
    String firstOf(String entry) {
        return entryByCode.entrySet().stream()
                .filter(code -> code.getValue().equals(entry))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder())
                .orElse("none");
    }

    private static void claim(String file, Map<String, String> byCode, String code, String id) {
        String other = byCode.putIfAbsent(code, id);
        if (other != null) {
            throw new CatalogueException(
                    "%s: both entries.%s and entries.%s claim the code %s; expected is one entry for each code"
                            .formatted(file, other, id, code));
        }
    }
}
