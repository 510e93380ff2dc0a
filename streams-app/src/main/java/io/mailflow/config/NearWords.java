package io.mailflow.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Words that somebody may have meant who wrote another one. */
public final class NearWords {

    /** A shorter beginning is the beginning of too much. */
    private static final int SHORTEST_BEGINNING = 3;

    private NearWords() {}

    /**
     * Those of the words that begin like the one written, or differ from it by a slip: up to a third of its letters.
     * Nearest first; empty where it is another word altogether.
     */
    public static List<String> to(String written, Collection<String> words) {
        int slip = Math.max(1, (written.length() + 1) / 3);
        return words.stream()
                .filter(word -> distance(written, word) <= slip
                        || (written.length() >= SHORTEST_BEGINNING && word.startsWith(written)))
                .sorted(Comparator.<String>comparingInt(word -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** How many letters must be added, dropped or replaced to get from one word to the other (Levenshtein). */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
