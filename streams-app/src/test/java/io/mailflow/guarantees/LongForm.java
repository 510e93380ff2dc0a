package io.mailflow.guarantees;

import java.time.Duration;

/** How long the tests run: a quick form always, a long one on demand. */
final class LongForm {

    private LongForm() {}

    /** Whether {@code ./test --long} runs. */
    static boolean isWanted() {
        return Boolean.getBoolean("mailflow.long");
    }

    /** Faults to inject: 3, or {@code mailflow.kills}, which is 50 in the long form. */
    static int kills() {
        return Integer.getInteger("mailflow.kills", isWanted() ? 50 : 3);
    }

    /** How long live traffic runs: a minute, or {@code mailflow.soak}, which is half an hour in the long form. */
    static Duration soak() {
        return Duration.parse(System.getProperty("mailflow.soak", isWanted() ? "PT30M" : "PT60S"));
    }
}
