package io.mailflow.tracker;

/** Half-open windows {@code [start, start + size)} aligned to the epoch, in epoch milliseconds. */
public final class Windows {

    public static final long MINUTE_MS = 60_000;
    public static final long FIVE_MINUTES_MS = 5 * MINUTE_MS;
    public static final long HOUR_MS = 60 * MINUTE_MS;
    public static final long DAY_MS = 24 * HOUR_MS;

    private Windows() {}

    /** Start of the window of {@code sizeMs} that contains {@code atMs}. */
    public static long startOf(long atMs, long sizeMs) {
        return Math.floorDiv(atMs, sizeMs) * sizeMs;
    }

    /** The evaluation minute that {@code atMs} counts for: the first minute boundary not before it, since the epoch. */
    public static long evaluationMinute(long atMs) {
        return -Math.floorDiv(-atMs, MINUTE_MS);
    }
}
