package io.mailflow.reply;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is a DNS name and what an IP address. Nothing else gets out of a text into a
 * {@link io.mailflow.schema.Destination}, because names end up in commands that people run.
 */
public final class Hosts {

    private static final int MAX_NAME = 253;
    private static final Pattern NAME =
            Pattern.compile("(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?\\.)*"
                    + "[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?");
    private static final Pattern NUMERIC_OR_MASKED =
            Pattern.compile("(?:\\d{1,9}|[xX]{1,3})(?:\\.(?:\\d{1,9}|[xX]{1,3})){0,40}");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern IPV6_GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final int IPV6_GROUPS = 8;

    private Hosts() {}

    /** The DNS name, without a closing dot; empty if it is none, masked, or an address. */
    public static Optional<String> name(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        boolean fits = !name.isEmpty() && name.length() <= MAX_NAME;
        return fits
                        && NAME.matcher(name).matches()
                        && !NUMERIC_OR_MASKED.matcher(name).matches()
                ? Optional.of(name)
                : Optional.empty();
    }

    /** The IPv4 or IPv6 address; empty if it is none or masked. */
    public static Optional<String> address(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        boolean secondGap = gap >= 0 && text.indexOf("::", gap + 1) >= 0;
        if (secondGap || !text.contains(":")) {
            return false;
        }
        String before = gap < 0 ? text : text.substring(0, gap);
        String after = gap < 0 ? "" : text.substring(gap + 2);
        int groups = groups(before) + groups(after);
        return gap < 0 ? groups == IPV6_GROUPS : groups >= 0 && groups < IPV6_GROUPS;
    }

    /** How many 16-bit groups these are; far below zero if one of them is malformed. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int count = 0;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (IPV6_GROUP.matcher(parts[i]).matches()) {
                count++;
            } else if (i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
                count += 2;
            } else {
                return -100;
            }
        }
        return count;
    }
}
