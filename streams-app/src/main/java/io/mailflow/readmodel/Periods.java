package io.mailflow.readmodel;

import java.time.Duration;
import java.time.Instant;

/** Windows on the time line, aligned to 1970. */
public final class Periods {

    private Periods() {}

    /** Start of the window that an instant is in. */
    public static Instant floor(Instant at, Duration size) {
        long ms = at.toEpochMilli();
        return Instant.ofEpochMilli(ms - Math.floorMod(ms, size.toMillis()));
    }
}
