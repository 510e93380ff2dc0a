package io.mailflow.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Message ids, addresses and names in the one form that events carry. */
final class Identities {

    private static final int MAX_ID = 1024;
    /** RFC 5321 allows 320; encapsulated X.500 addresses are longer. */
    private static final int MAX_ADDRESS = 1024;

    private static final int MAX_NAME = 512;
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";

    private Identities() {}

    /** A GUID in lower case without braces; null for none and for the empty GUID. */
    static @Nullable String guid(@Nullable String text) throws RowException {
        String id = present(text);
        if (id == null) {
            return null;
        }
        String lower = id.toLowerCase(Locale.ROOT);
        if (lower.startsWith("{") && lower.endsWith("}")) {
            lower = lower.substring(1, lower.length() - 1);
        }
        return lower.isEmpty() || lower.equals(NO_GUID) ? null : sized("network message id", lower, MAX_ID);
    }

    /** A {@code Message-ID} without angle brackets; null for none. */
    static @Nullable String messageId(@Nullable String text) throws RowException {
        String id = present(text);
        if (id == null) {
            return null;
        }
        int start = id.startsWith("<") ? 1 : 0;
        int end = id.endsWith(">") ? id.length() - 1 : id.length();
        return start >= end ? null : sized("message id", id.substring(start, end), MAX_ID);
    }

    /** A short text as it stands; null for none. */
    static @Nullable String name(String what, @Nullable String text) throws RowException {
        String name = present(text);
        return name == null ? null : sized(what, name, MAX_NAME);
    }

    /** A recipient's address in lower case; null for none. */
    static @Nullable String recipient(@Nullable String text) throws RowException {
        String address = present(text);
        if (address == null) {
            return null;
        }
        if (address.length() > 2 && address.startsWith("<") && address.endsWith(">")) {
            address = address.substring(1, address.length() - 1);
        }
        return sized("recipient", address.toLowerCase(Locale.ROOT), MAX_ADDRESS);
    }

    /** The domain of a sender's address in lower case; null where there is no sender or no domain. */
    static @Nullable String domain(@Nullable String address) {
        String text = present(address);
        if (text == null) {
            return null;
        }
        String bare = text.endsWith(">") ? text.substring(0, text.length() - 1) : text;
        int at = bare.lastIndexOf('@');
        if (at < 0 || at == bare.length() - 1 || bare.length() - at > 256) {
            return null;
        }
        return bare.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    /** The text without white space around it, null if that is empty. */
    static @Nullable String present(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    private static String sized(String what, String text, int max) throws RowException {
        if (text.length() > max) {
            throw new RowException("the " + what + " has " + text.length() + " characters, more than " + max);
        }
        return text;
    }
}
