package io.mailflow.tracker;

import io.mailflow.tracker.Reading.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what changed of a recipient into the signed sums of its connectors. */
final class Ledger {

    /** A character may take three bytes, a name 3 KiB, and a record on a topic has a limit, by default of 1 MiB. */
    private static final int MOST_ROOM = 192 << 10;

    private final Messages messages;
    private final PendingDeltas pending;
    private final AttemptLedger attempts;

    Ledger(Messages messages, PendingDeltas pending) {
        this.messages = messages;
        this.pending = pending;
        this.attempts = new AttemptLedger(messages, pending);
    }

    /**
     * Refuses what makes the memory of a recipient or its message outgrow what a record on a topic may take. Both grow with
     * every connector, code and 5-minute window that a failure is charged to, for distinct counts are exact; and with the
     * length of a name, where one fact gives it to all failures that had none.
     */
    void refuseEndless(RecipientKey key, RecipientMemory memory, Fact fact) {
        int named = memory.roomOfNaming(fact);
        if (memory.room() + named > MOST_ROOM) {
            throw RefusedRecordException.endless("recipient");
        }
        if (messages.get(key.message()).room() + named > MOST_ROOM) {
            throw RefusedRecordException.endless("message");
        }
    }

    /** One recipient more or less of the message is remembered. */
    void remember(RecipientKey key, long change) {
        messages.update(key.message(), memory -> memory.remember(change));
    }

    /** Charges a delivered attempt of a recipient that is not remembered. */
    void delivered(long minute, RecipientKey key, Fact sent) {
        attempts.charge(minute, key, Tallies.NONE, Attempts.of(sent, sent.connector()));
    }

    /** Takes such an attempt back. */
    void notDelivered(long minute, RecipientKey key, Fact sent) {
        attempts.takeBack(minute, key, Tallies.NONE, Attempts.of(sent, sent.connector()));
    }

    /**
     * Enters the difference between two states of a recipient.
     *
     * @param after {@code before} with one fact more at most
     * @param was what {@code before} comes to
     * @param is what {@code after} comes to
     * @return the recipient's failed attempts as they are charged now
     */
    Tallies enter(
            long minute, RecipientKey key, RecipientMemory before, Reading was, RecipientMemory after, Reading is) {
        Tallies failed = moveOlder(minute, key, before, was.olderConnector(), is.olderConnector());
        int known = 0;
        List<Fact> facts = after.facts();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            boolean isKnown =
                    known < before.facts().size() && before.facts().get(known).isSameEvent(fact);
            Outcome old = isKnown ? was.outcomes().get(known) : null;
            known += isKnown ? 1 : 0;
            failed = move(minute, key, failed, fact, old, is.outcomes().get(i));
        }
        enter(minute, key, was.queued(before.evaluatedMs()), is.queued(after.evaluatedMs()));
        enterExpiry(minute, key, was.expiry(before.evaluatedMs()), is.expiry(after.evaluatedMs()));
        return failed;
    }

    private Tallies move(long minute, RecipientKey key, Tallies failed, Fact fact, @Nullable Outcome was, Outcome is) {
        String from = was != null && was.isCharged() ? was.charge().connector() : null;
        String to = is.isCharged() ? is.charge().connector() : null;
        if (Objects.equals(from, to)) {
            return failed;
        }
        Tallies moved = failed;
        if (from != null) {
            moved = attempts.takeBack(minute, key, moved, Attempts.of(fact, from));
        }
        if (to != null) {
            moved = attempts.charge(minute, key, moved, Attempts.of(fact, to));
        }
        return moved;
    }

    /** Attempts that are only a number now move all together. */
    private Tallies moveOlder(
            long minute, RecipientKey key, RecipientMemory memory, @Nullable String from, @Nullable String to) {
        Tallies moved = memory.failed();
        if (from == null ? to == null : from.equals(to)) {
            return moved;
        }
        for (Attempts older : memory.past().unnamed()) {
            moved = attempts.takeBack(minute, key, moved, from == null ? older : older.on(from));
            moved = attempts.charge(minute, key, moved, to == null ? older : older.on(to));
        }
        return moved;
    }

    private void enter(long minute, RecipientKey key, Optional<Place> was, Optional<Place> is) {
        if (!was.equals(is)) {
            was.ifPresent(place -> queued(minute, key, place, -1));
            is.ifPresent(place -> queued(minute, key, place, 1));
        }
    }

    private void enterExpiry(long minute, RecipientKey key, Optional<Expiry> was, Optional<Expiry> is) {
        if (!was.equals(is)) {
            was.ifPresent(expiry -> expired(minute, key, expiry, -1));
            is.ifPresent(expiry -> expired(minute, key, expiry, 1));
        }
    }

    private void queued(long minute, RecipientKey key, Place place, int change) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), place.connector());
        pending.addQueued(minute, connector, place.code(), place.sinceMs(), place.deadlineMs(), change);
        MessageMemory before = messages.get(key.message());
        MessageMemory after = before.withQueued(place.connector(), change);
        messages.update(key.message(), memory -> after);
        int wasQueued = before.isQueued(place.connector()) ? 1 : 0;
        int isQueued = after.isQueued(place.connector()) ? 1 : 0;
        if (wasQueued != isQueued) {
            pending.addQueuedMessages(minute, connector, isQueued - wasQueued);
        }
    }

    private void expired(long minute, RecipientKey key, Expiry expiry, int change) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), expiry.connector());
        pending.addExpired(minute, connector, expiry.code(), expiry.atMs(), change);
    }
}
