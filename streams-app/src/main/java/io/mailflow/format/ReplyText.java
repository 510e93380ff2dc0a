package io.mailflow.format;

import io.mailflow.reply.Reply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The little that reading rows needs to know of a status text; the room {@code reply} reads all of it. */
public final class ReplyText {

    /** Longer texts are cut: Exchange itself cuts them far below. */
    private static final int MAX = 8 * 1024;

    private static final String CONTAINER =
            "[\\s#<'\"]*(?:(?:Defer|Reason)\\s*:\\s*)*[\\[{\\s]*(?:\\{?LRT=[^}]*}\\s*;\\s*)?(?:\\{?LED=)?\\s*";
    private static final Pattern FIRST = Pattern.compile(
            "^" + CONTAINER
                    + "(?:([245]\\d\\d)(?![\\d.])(?:[ \\-]+#?([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?|([245]\\.\\d{1,3}\\.\\d{1,3})\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ANYWHERE = Pattern.compile(
            "(?<![\\d.])(?:[245]\\d\\d[ \\-]#?\\d[.\\-]\\d|[245]\\.\\d{1,3}\\.\\d{1,3})(?!\\d*\\.\\d)|LED=\\s*[245]\\d\\d\\b");
    private static final Pattern LABEL =
            Pattern.compile("^\\s*(?:(?:Defer|Reason)\\s*:\\s*)+", Pattern.CASE_INSENSITIVE);

    private ReplyText() {}

    /** Whether the text starts with a 2xx reply, which is no failure whatever the event is called. */
    static boolean isSuccess(@Nullable String text) {
        return firstDigit(text) == 2;
    }

    /** Whether the text starts with one of the codes by which a server says that a message expired. */
    static boolean isExpiry(@Nullable String text) {
        Matcher first = FIRST.matcher(text == null ? "" : text);
        if (!first.find()) {
            return false;
        }
        String enhanced = first.group(1) != null ? first.group(2) : first.group(3);
        return enhanced != null && Reply.isExpiry(enhanced);
    }

    /** The first digit of the reply the text starts with, or 0 if it starts with none. */
    static int firstDigit(@Nullable String text) {
        Matcher first = FIRST.matcher(text == null ? "" : text);
        if (!first.find()) {
            return 0;
        }
        String reply = first.group(1) != null ? first.group(1) : first.group(3);
        return reply.charAt(0) - '0';
    }

    /** Whether the text has a reply or an enhanced code at its start or further in. */
    static boolean hasCode(@Nullable String text) {
        return text != null
                && (FIRST.matcher(text).find() || ANYWHERE.matcher(text).find());
    }

    /**
     * What tells the code: the recipient's own status; the row's context where the status has no code and the context
     * has; whichever of them is there otherwise.
     */
    static @Nullable String choose(@Nullable String status, @Nullable String context) {
        if (status == null || (!hasCode(status) && hasCode(context))) {
            return context;
        }
        return status;
    }

    /** Without {@code Defer:} and {@code Reason:} before it. */
    static @Nullable String withoutLabel(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return bounded(LABEL.matcher(text).replaceFirst(""));
    }

    /** Without white space around it, at most 8,192 characters, null where nothing is left. */
    public static @Nullable String bounded(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        if (stripped.length() <= MAX) {
            return stripped;
        }
        int end = Character.isHighSurrogate(stripped.charAt(MAX - 1)) ? MAX - 1 : MAX;
        return stripped.substring(0, end);
    }
}
