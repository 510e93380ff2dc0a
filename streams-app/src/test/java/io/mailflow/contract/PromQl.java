package io.mailflow.contract;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries in Prometheus's language, changed so that they can be asked where nothing is wrong and nothing is old. */
final class PromQl {

    private static final Pattern IN_BRACES_OR_COMPARISON = Pattern.compile("\\{[^}]*}|(?:==|!=|>=|<=|>|<)(?!\\s*bool)");
    private static final Pattern NAME =
            Pattern.compile("\\{[^}]*}|(?:(?:[a-z_]+:)?(?:mailflow|kafka|jvm|process)[a-z0-9_:]+|\\bup\\b)");

    private PromQl() {}

    /** With values in place of Grafana's variables. */
    static String withoutVariables(String query, String tenant, String connector) {
        return query.replace("${tenant:doublequote}", quoted(tenant))
                .replace("${connector:doublequote}", quoted(connector))
                .replace("$__rate_interval", "1m")
                .replace("$tenant", ".*");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * The question behind a rule: comparisons answer 0 or 1 instead of leaving out what they do not hold for, what is to
     * be absent is looked for, and the past is as young as Prometheus.
     */
    static String asked(String rule) {
        return IN_BRACES_OR_COMPARISON
                .matcher(rule)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("{") ? found.group() : found.group() + " bool"))
                .replace("absent(", "(")
                .replaceAll("offset \\d+[smhd]", "");
    }

    /** The metrics it names. */
    static Set<String> names(String query) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(query)
                .results()
                .filter(found -> !found.group().startsWith("{"))
                .forEach(found -> names.add(found.group()));
        return names;
    }
}
