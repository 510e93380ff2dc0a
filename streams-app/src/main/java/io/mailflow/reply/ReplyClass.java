package io.mailflow.reply;

/** What the first digit of a reply means (RFC 5321 section 4.2.1, RFC 3463 section 3.1). */
public enum ReplyClass {
    /** 2xx: accepted, never a failure. */
    POSITIVE,
    /** 4xx: refused for now, the sending server tries again. */
    TRANSIENT,
    /** 5xx: refused for good. */
    PERMANENT,
    /** No reply at all. */
    NONE;

    /**
     * The class of a code as {@link Reply#code()} spells it: {@code 550 4.4.7} is permanent because the reply code
     * decides; an enhanced code alone is classed by its own first digit.
     */
    public static ReplyClass of(String code) {
        char first = code.isEmpty() ? ' ' : code.charAt(0);
        return switch (first) {
            case '2' -> POSITIVE;
            case '4' -> TRANSIENT;
            case '5' -> PERMANENT;
            default -> NONE;
        };
    }
}
