package io.mailflow.catalogue;

import java.util.regex.Pattern;

/** Values from outside, before they get into a text or a command. */
final class Values {

    private static final int LONGEST = 256;

    /** Control and format characters, which could steer a terminal or turn the direction of writing. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Values() {}

    /** Without control characters, and not longer than any name. */
    static String clean(String value) {
        String clean = CONTROL.matcher(value).replaceAll("");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }
}
