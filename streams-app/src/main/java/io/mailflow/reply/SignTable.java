package io.mailflow.reply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Words and the causes they are signs of; the first sign found decides.
 *
 * <p>A failing server answers the same words a million times, and going through all signs costs far more than anything
 * else about reading a reply. So answers are remembered, for a bounded number of words of bounded length.
 */
final class SignTable {

    private static final int MOST_REMEMBERED = 4_096;
    private static final int LONGEST_REMEMBERED = 512;

    private final List<Sign> signs;
    private final Map<String, Optional<String>> remembered = new ConcurrentHashMap<>();

    private SignTable(List<Sign> signs) {
        this.signs = signs;
    }

    static SignTable of(Sign... signs) {
        return new SignTable(List.of(signs));
    }

    /** Words as a regular expression in which case does not matter, and the cause they are a sign of. */
    static Sign sign(String words, String cause) {
        return new Sign(Pattern.compile(words, Pattern.CASE_INSENSITIVE), cause);
    }

    record Sign(Pattern words, String cause) {}

    List<String> causes() {
        return signs.stream().map(Sign::cause).toList();
    }

    Optional<String> cause(String words) {
        if (words.length() > LONGEST_REMEMBERED) {
            return search(words);
        }
        Optional<String> known = remembered.get(words);
        if (known != null) {
            return known;
        }
        Optional<String> found = search(words);
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(words, found);
        return found;
    }

    private Optional<String> search(String words) {
        return signs.stream()
                .filter(sign -> sign.words().matcher(words).find())
                .map(Sign::cause)
                .findFirst();
    }
}
