package io.mailflow.format;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code custom-data} of an event: {@code S:key=value} items joined with {@code ;}, an item in single quotes where
 * its value holds {@code ;} itself.
 */
final class CustomData {

    private static final String OUTBOUND = "microsoft.exchange.hygiene.tenantoutboundconnectorcustomdata=";
    private static final String LOGGED = "recipientsalreadysmtpdeferlogged=true";

    private CustomData() {}

    /**
     * The tenant's outbound connector, the first where several are named: {@code
     * …TenantOutboundConnectorCustomData=Name=<name>;ConnectorType=…;UseMxRecord=…| Name=…}.
     */
    static Optional<String> outboundConnector(@Nullable String customData) {
        if (customData == null || customData.length() < OUTBOUND.length()) {
            return Optional.empty();
        }
        String lower = lower(customData);
        int key = lower.indexOf(OUTBOUND);
        if (key < 0) {
            return Optional.empty();
        }
        int value = key + OUTBOUND.length();
        String item = customData.substring(value, endOfItem(customData, lower, key, value));
        String lowerItem = lower(item);
        int name = lowerItem.indexOf("name=");
        if (name < 0) {
            return Optional.empty();
        }
        name += "name=".length();
        int end = firstOf(lowerItem, name, ";connectortype=", ";usemxrecord=", "| name=", "|name=");
        if (end < 0) {
            int separator = item.indexOf(';', name);
            end = separator < 0 ? item.length() : separator;
        }
        String connector = unquoted(item.substring(name, end).strip());
        return connector.isEmpty() ? Optional.empty() : Optional.of(connector);
    }

    /** Whether the row repeats a deferral that was logged before. */
    static boolean repeatsLoggedDeferral(@Nullable String customData) {
        return customData != null && customData.toLowerCase(Locale.ROOT).contains(LOGGED);
    }

    /** Character by character, so that places stay the same: the lower case of {@code İ} is two characters long. */
    private static String lower(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = Character.toLowerCase(lower[i]);
        }
        return new String(lower);
    }

    private static int endOfItem(String customData, String lower, int key, int value) {
        int quote = customData.lastIndexOf('\'', key);
        boolean quoted = quote >= 0
                && (quote == 0 || customData.charAt(quote - 1) == ';' || customData.charAt(quote - 1) == ' ')
                && lower.substring(quote + 1, key).strip().matches("(?:s:)?");
        if (quoted) {
            // A name may hold an apostrophe: the item ends where a ; or nothing follows.
            for (int i = customData.indexOf('\'', value); i >= 0; i = customData.indexOf('\'', i + 1)) {
                if (i + 1 == customData.length() || customData.charAt(i + 1) == ';') {
                    return i;
                }
            }
            return customData.length();
        }
        int next = firstOf(lower, value, ";s:", "; s:", ";'s:");
        return next < 0 ? customData.length() : next;
    }

    private static int firstOf(String text, int from, String... wanted) {
        int first = -1;
        for (String one : wanted) {
            int at = text.indexOf(one, from);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    private static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name;
    }
}
