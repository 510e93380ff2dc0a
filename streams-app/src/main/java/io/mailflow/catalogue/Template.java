package io.mailflow.catalogue;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts with {@code {placeholders}}. */
final class Template {

    /** PowerShell's braces have blanks inside, so they are none of these. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private Template() {}

    static String fill(String text, Map<String, String> facts) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(facts.getOrDefault(match.group(1), match.group())));
    }

    static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
