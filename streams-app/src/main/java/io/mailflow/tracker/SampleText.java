package io.mailflow.tracker;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A reply as alerts show it: short, and without addresses, of which a reply may carry some. */
final class SampleText {

    /** How much is shown. */
    static final int LONGEST = 400;

    /** How much is looked through, so that a text of any size costs little. */
    private static final int LOOKED_THROUGH = 4_000;

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),;:\\[\\]@]++@[^\\s<>\"'(),;:\\[\\]@]++");

    private SampleText() {}

    /** The text, masked first and then cut: of an address cut in two the mask would not know the first half. */
    static @Nullable String of(@Nullable String reply) {
        if (reply == null) {
            return null;
        }
        boolean huge = reply.length() > LOOKED_THROUGH;
        // Cut between words for the same reason.
        String looked = huge ? reply.substring(0, Math.max(0, reply.lastIndexOf(' ', LOOKED_THROUGH))) : reply;
        String masked =
                looked.indexOf('@') < 0 ? looked : ADDRESS.matcher(looked).replaceAll("<address>");
        return huge || masked.length() > LONGEST
                ? masked.substring(0, Math.min(masked.length(), LONGEST)) + "…"
                : masked;
    }
}
