package io.mailflow.cli;

import java.util.Locale;

/** Numbers of things in the English of messages about the program itself; what tells of mail has ICU's plurals. */
final class Counted {

    private Counted() {}

    /** {@code 1 row}, {@code 1,234 rows}, for words whose plural ends in s. */
    static String of(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
    }
}
