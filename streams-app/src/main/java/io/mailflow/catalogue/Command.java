package io.mailflow.catalogue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command with {@code {placeholders}}, each of them a whole word of it. People run these commands, and some values
 * come from events that anybody can write: every value gets in as one word that its shell takes literally.
 *
 * @param line the command; PowerShell's own braces have a blank inside
 * @param shell who reads it
 */
record Command(String line, Shell shell) {

    /** Who reads a command. */
    enum Shell {
        POWERSHELL,
        POSIX
    }

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

    /** Needs no quotes in either shell, and is no option. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.:-]*");

    /** PowerShell takes typographic single quotes for quotes as well. */
    private static final Pattern POWERSHELL_QUOTE = Pattern.compile("['\u2018\u2019\u201a\u201b]");

    /** Filled in. */
    String fill(Map<String, String> values) {
        return PLACEHOLDER
                .matcher(line)
                .replaceAll(match -> Matcher.quoteReplacement(
                        word(values.getOrDefault(match.group(1), "<" + match.group(1) + ">"))));
    }

    /** Names of the placeholders. */
    Set<String> placeholders() {
        Set<String> names = new TreeSet<>();
        PLACEHOLDER
                .matcher(line)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }

    private String word(String value) {
        String clean = Values.clean(value);
        if (PLAIN.matcher(clean).matches()) {
            return clean;
        }
        return switch (shell) {
            case POWERSHELL -> "'" + POWERSHELL_QUOTE.matcher(clean).replaceAll("$0$0") + "'";
            case POSIX -> "'" + clean.replace("'", "'\\''") + "'";
        };
    }
}
