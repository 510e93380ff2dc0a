package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a recipient stands after some of its facts, in the order of their time. Immutable; {@link #after} is the fold.
 * The clock is no part of it: it is asked where the recipient stands at an instant.
 *
 * @param sinceMs first deferral since it was last closed, {@link #NEVER} if none
 * @param restartMs the newest deferral after it had been given up by the clock, from which it is retried for another
 *     lifetime; else {@link #NEVER}
 * @param pending a status says it is under way, since it was last closed; or null
 * @param latest its latest failed attempt, or null
 * @param closedMs when it was last closed, {@link #NEVER} if never
 * @param expiry how it was given up, if an event said so and nothing later said otherwise
 * @param attempted whether there was any attempt that counted
 */
record Standing(
        long sinceMs,
        long restartMs,
        @Nullable Charge pending,
        @Nullable Charge latest,
        long closedMs,
        @Nullable Expiry expiry,
        boolean attempted) {

    /** An instant before everything. */
    static final long NEVER = Long.MIN_VALUE;

    /** Nothing known. */
    static final Standing NONE = new Standing(NEVER, NEVER, null, null, NEVER, null, false);

    /**
     * What a queue or an expiry is charged to.
     *
     * @param atMs when that happened
     * @param connector the connector
     * @param code the code
     * @param lifetimeMs how long the connector's server retries
     */
    record Charge(long atMs, String connector, String code, long lifetimeMs) {}

    /** Whether something is there to close. */
    boolean isOpen() {
        return sinceMs != NEVER || pending != null;
    }

    /**
     * Where it stands after one more fact.
     *
     * @param charge the fact's own time, connector, code and lifetime
     * @param isAttempt whether the fact was an attempt
     * @param marginMs how long after its deadline it is given up
     */
    Standing after(Fact fact, Charge charge, boolean isAttempt, long marginMs) {
        Standing next = switch (fact.kind()) {
            case PENDING -> pending != null || fact.atMs() <= closedMs ? this : withPending(charge);
            case DEFERRED -> deferred(charge, marginMs);
            case FAILED -> isAttempt ? withLatest(charge).closed(fact.atMs()) : closedIfOpen(fact.atMs());
            case SENT -> closed(fact.atMs());
            case CLOSED, DROPPED -> closedIfOpen(fact.atMs());
            case EXPIRED -> expired(charge, marginMs);
            case FINAL -> this;
        };
        return isAttempt && fact.counted() ? next.withAttempt() : next;
    }

    /** Its place in the queue if nothing but events could take it out. */
    Optional<Place> place() {
        if (expiry != null) {
            return Optional.empty();
        }
        if (sinceMs != NEVER && latest != null) {
            long start = Math.max(sinceMs, restartMs);
            return Optional.of(new Place(latest.connector, latest.code, sinceMs, start + latest.lifetimeMs));
        }
        if (pending == null) {
            return Optional.empty();
        }
        String code = latest == null ? Reply.NONE : latest.code;
        Charge charged = latest == null ? pending : latest;
        return Optional.of(new Place(charged.connector, code, pending.atMs, pending.atMs + charged.lifetimeMs));
    }

    private Standing deferred(Charge charge, long marginMs) {
        Standing tried = withLatest(charge);
        if (charge.atMs <= closedMs) {
            return tried;
        }
        long since = sinceMs == NEVER ? charge.atMs : Math.min(sinceMs, charge.atMs);
        long givenUpMs = Math.max(since, restartMs) + charge.lifetimeMs + marginMs;
        long restart = charge.atMs > givenUpMs ? charge.atMs : restartMs;
        return new Standing(since, restart, tried.pending, tried.latest, closedMs, null, attempted);
    }

    private Standing expired(Charge charge, long marginMs) {
        Charge charged = latest == null ? charge : latest;
        Optional<Place> place = place();
        // The clock may have been first.
        long at = place.map(queued -> Math.min(charge.atMs, queued.deadlineMs() + marginMs))
                .orElse(expiry == null ? charge.atMs : expiry.atMs());
        long since = place.map(Place::sinceMs).orElse(expiry == null ? at : expiry.sinceMs());
        long deadline = place.map(Place::deadlineMs).orElse(expiry == null ? at : expiry.deadlineMs());
        Expiry given = new Expiry(at, charged.connector, charged.code, since, deadline);
        return new Standing(NEVER, NEVER, null, latest, Math.max(closedMs, charge.atMs), given, attempted);
    }

    private Standing closedIfOpen(long atMs) {
        return isOpen() ? closed(atMs) : this;
    }

    private Standing closed(long atMs) {
        return atMs < closedMs
                ? this
                : new Standing(NEVER, NEVER, null, latest, Math.max(closedMs, atMs), null, attempted);
    }

    private Standing withPending(Charge charge) {
        return new Standing(sinceMs, restartMs, charge, latest, closedMs, expiry, attempted);
    }

    private Standing withLatest(Charge charge) {
        return latest != null && latest.atMs > charge.atMs
                ? this
                : new Standing(sinceMs, restartMs, pending, charge, closedMs, expiry, attempted);
    }

    private Standing withAttempt() {
        return attempted ? this : new Standing(sinceMs, restartMs, pending, latest, closedMs, expiry, true);
    }
}
