package io.mailflow.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reply's code where it stands in a text.
 *
 * @param replyCode three digits, or null where only an enhanced code stands
 * @param enhanced RFC 3463 code, or null where only a reply code stands
 * @param start index of its first character
 * @param end index behind its last character
 * @param continued whether a {@code -} follows the reply code, which announces further lines of the same reply
 */
record Code(@Nullable String replyCode, @Nullable String enhanced, int start, int end, boolean continued) {

    /**
     * In this order: both codes; an enhanced code alone; a reply code alone. Of the two dots of an enhanced code one
     * may be mistyped as a hyphen. What goes on as {@code .1} is an IP address. An enhanced code with {@code smtp;}
     * behind it repeats the reply that follows.
     */
    private static final Pattern CODE = Pattern.compile("(?=[245])(?<![\\p{Alnum}.])(?:"
            + "(?<reply>[245]\\d\\d)(?<line>-|[ \\t\\r\\n\\u00a0]{1,4})#?"
            + "(?<class>[245])(?:\\.(?<subject>\\d{1,3})[.-]|-(?<typo>\\d{1,3})\\.)(?<detail>\\d{1,3})(?!\\d|\\.\\d)"
            + "|(?<alone>[245]\\.\\d{1,3}\\.\\d{1,3})(?!\\w|\\.\\w|\\.$|-\\d|\\s{1,3}smtp;)"
            + "|(?<short>[245][0-57]\\d)(?=(?<more>-)|[ \\t\\r\\n]|$))");

    /** Finds codes from the given index on. */
    static Matcher matcher(String text, int from) {
        Matcher matcher = CODE.matcher(text);
        matcher.region(from, text.length());
        matcher.useTransparentBounds(true);
        return matcher;
    }

    /** The code just found. */
    static Code found(Matcher match) {
        String alone = match.group("alone");
        if (alone != null) {
            return new Code(null, alone, match.start(), match.end(), false);
        }
        String shortCode = match.group("short");
        if (shortCode != null) {
            return new Code(shortCode, null, match.start(), match.end(), match.group("more") != null);
        }
        String subject = match.group("subject") == null ? match.group("typo") : match.group("subject");
        String enhanced = match.group("class") + "." + subject + "." + match.group("detail");
        boolean continued = "-".equals(match.group("line"));
        return new Code(match.group("reply"), enhanced, match.start(), match.end(), continued);
    }

    /** Whether both codes stand there, which nothing but a reply looks like. */
    boolean isPair() {
        return replyCode != null && enhanced != null;
    }

    boolean hasReplyCodeOf(Code other) {
        return replyCode != null && replyCode.equals(other.replyCode);
    }

    /** The same place, with the enhanced code that a later line of the same reply brings. */
    Code withEnhanced(@Nullable String later) {
        return new Code(replyCode, later, start, end, continued);
    }

    Optional<String> enhancedCode() {
        return Optional.ofNullable(enhanced);
    }

    /** {@code 450 4.4.316}, or what there is of it. */
    String text() {
        if (replyCode == null) {
            return String.valueOf(enhanced);
        }
        return enhanced == null ? replyCode : replyCode + " " + enhanced;
    }
}
