package io.mailflow.readmodel;

import io.mailflow.schema.Severity;
import org.jspecify.annotations.Nullable;

/** Severities as numbers, for sorting and for metrics. */
public final class Gravity {

    private Gravity() {}

    /** 0 without an alert, then 1 for a warning, 2 for high, 3 for critical. */
    public static int of(@Nullable Severity severity) {
        if (severity == null) {
            return 0;
        }
        return switch (severity) {
            case WARNING -> 1;
            case HIGH -> 2;
            case CRITICAL -> 3;
        };
    }
}
