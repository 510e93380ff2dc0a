package io.mailflow.catalogue;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many failures met an answer of their own, and the texts of those that did not, kept for review: as many different
 * ones as {@value #MOST_TEXTS}. Not for several threads.
 */
public final class Coverage {

    /** How many different texts are kept. */
    public static final int MOST_TEXTS = 1_000;

    private static final int LONGEST_TEXT = 500;

    private final Catalogue catalogue;
    private final Map<String, Long> byEntry = new LinkedHashMap<>();
    private final Map<String, Long> genericTexts = new LinkedHashMap<>();
    private long failures;
    private long generic;

    /** Nothing seen yet. */
    public Coverage(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A text and the failures that had it. */
    public record Seen(String text, long failures) {}

    /** Counts a failure by its reply. */
    public void add(Situation situation) {
        failures++;
        byEntry.merge(catalogue.entry(situation), 1L, Long::sum);
        if (catalogue.isGeneric(situation)) {
            generic++;
            String text = situation.text() == null
                    ? situation.code()
                    : Values.clean(situation.text().strip());
            String kept = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
            if (genericTexts.containsKey(kept) || genericTexts.size() < MOST_TEXTS) {
                genericTexts.merge(kept, 1L, Long::sum);
            }
        }
    }

    /** Failures counted. */
    public long failures() {
        return failures;
    }

    /** Those among them that met only the generic entry. */
    public long generic() {
        return generic;
    }

    /** The share of failures that met only the generic entry; 0 without any failure. */
    public double genericShare() {
        return failures == 0 ? 0 : (double) generic / failures;
    }

    /** Failures by entry, most failures first. */
    public List<Map.Entry<String, Long>> byEntry() {
        return byEntry.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }

    /** Texts that met only the generic entry, most failures first. */
    public List<Seen> genericTexts() {
        return genericTexts.entrySet().stream()
                .map(seen -> new Seen(seen.getKey(), seen.getValue()))
                .sorted(Comparator.comparingLong(Seen::failures).reversed())
                .toList();
    }
}
