package io.mailflow.tracker;

import org.jspecify.annotations.Nullable;

/**
 * Attempts of one recipient that were alike, within one 5-minute window.
 *
 * @param connector the connector they are charged to
 * @param code their code
 * @param cause the cause their replies named, or null
 * @param delivered whether they succeeded
 * @param firstMs the earliest
 * @param lastMs the latest
 * @param number how many
 */
record Attempts(
        String connector,
        String code,
        @Nullable String cause,
        boolean delivered,
        long firstMs,
        long lastMs,
        long number) {

    /** One attempt. */
    static Attempts of(Fact fact, String connector) {
        boolean delivered = fact.kind() == Fact.Kind.SENT;
        return new Attempts(connector, fact.code(), fact.cause(), delivered, fact.atMs(), fact.atMs(), 1);
    }

    /** The same attempts on another connector. */
    Attempts on(String other) {
        return new Attempts(other, code, cause, delivered, firstMs, lastMs, number);
    }

    /** Start of the window they were in. */
    long window5m() {
        return Windows.startOf(firstMs, Windows.FIVE_MINUTES_MS);
    }

    /** Whether they differ in number and instant only, so that they can be one. */
    boolean isLike(Attempts other) {
        return window5m() == other.window5m()
                && equals(new Attempts(
                        other.connector, other.code, other.cause, other.delivered, firstMs, lastMs, number));
    }

    /** Both together. */
    Attempts plus(Attempts alike) {
        return new Attempts(
                connector,
                code,
                cause,
                delivered,
                Math.min(firstMs, alike.firstMs),
                Math.max(lastMs, alike.lastMs),
                number + alike.number);
    }
}
