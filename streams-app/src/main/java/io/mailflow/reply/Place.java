package io.mailflow.reply;

import java.util.regex.Pattern;

/** What stands right before a code, which tells whether a wrapped reply begins there. */
enum Place {
    /** {@code -> }: the reply that the one before it passes on. */
    ARROW,
    /** {@code [Message=} and other {@code key=}. */
    VALUE,
    /** {@code (} attached to the word before it. */
    PARENTHESIS,
    /** {@code "} or {@code '} that opens. */
    QUOTE,
    /** {@code : } */
    COLON,
    /** Running text. */
    TEXT;

    private static final int LOOK_BACK = 4;
    private static final Pattern MESSAGE_KEY = Pattern.compile("(?:Message|MSG)\\s{0,3}=\\s{0,4}$");

    static Place before(String text, int index) {
        int at = index - 1;
        while (at >= 0 && index - at <= LOOK_BACK && Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        if (at < 0) {
            return TEXT;
        }
        boolean attached = at > 0 && !Character.isWhitespace(text.charAt(at - 1));
        return switch (text.charAt(at)) {
            case '>' -> at > 0 && text.charAt(at - 1) == '-' ? ARROW : TEXT;
            case '=' -> VALUE;
            case '(' -> attached ? PARENTHESIS : COLON;
            case '"', '\'' -> attached && Character.isLetterOrDigit(text.charAt(at - 1)) ? TEXT : QUOTE;
            case ':' -> COLON;
            default -> TEXT;
        };
    }

    /** Whether even half a code that stands here is a reply's: {@code -> 4.4.2}, {@code [Message=554-mx}. */
    boolean holdsShortCode(String text, int index) {
        return switch (this) {
            case ARROW, PARENTHESIS, QUOTE -> true;
            case VALUE ->
                MESSAGE_KEY
                        .matcher(text.substring(Math.max(0, index - 16), index))
                        .find();
            case COLON, TEXT -> false;
        };
    }
}
