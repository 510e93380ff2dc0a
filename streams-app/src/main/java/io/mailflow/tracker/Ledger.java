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

    Ledger(Messages messages, PendingDeltas pending) {
        this.messages = messages;
        this.pending = pending;
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
        messages.put(key.message(), messages.get(key.message()).remember(change));
    }

    /** Charges a delivered attempt of a recipient that is not remembered. */
    void delivered(long minute, RecipientKey key, Fact sent) {
        apart(minute, key).charge(Attempts.of(sent, sent.connector()));
    }

    /** Takes such an attempt back. */
    void notDelivered(long minute, RecipientKey key, Fact sent) {
        apart(minute, key).takeBack(Attempts.of(sent, sent.connector()));
    }

    private AttemptLedger apart(long minute, RecipientKey key) {
        OpenTallies nothing = new OpenTallies(Tallies.NONE);
        return new AttemptLedger(pending, minute, key.message().tenant(), nothing, nothing);
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
        MessageMemory message = messages.get(key.message());
        OpenTallies failed = new OpenTallies(before.failed());
        OpenTallies failedOfMessage = new OpenTallies(message.failed());
        AttemptLedger attempts =
                new AttemptLedger(pending, minute, key.message().tenant(), failed, failedOfMessage);
        moveOlder(attempts, before, was.olderConnector(), is.olderConnector());
        int known = 0;
        List<Fact> facts = after.facts();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            boolean isKnown =
                    known < before.facts().size() && before.facts().get(known).isSameEvent(fact);
            Outcome old = isKnown ? was.outcomes().get(known) : null;
            known += isKnown ? 1 : 0;
            move(attempts, fact, old, is.outcomes().get(i));
        }
        Optional<Place> wasQueued = was.queued(before.evaluatedMs());
        Optional<Place> isQueued = is.queued(after.evaluatedMs());
        boolean moved = !wasQueued.equals(isQueued);
        if (failedOfMessage.isChanged() || moved) {
            MessageMemory failing = message.withFailed(failedOfMessage.close());
            messages.put(key.message(), moved ? queue(minute, key, failing, wasQueued, isQueued) : failing);
        }
        enterExpiry(minute, key, was.expiry(before.evaluatedMs()), is.expiry(after.evaluatedMs()));
        return failed.close();
    }

    private static void move(AttemptLedger attempts, Fact fact, @Nullable Outcome was, Outcome is) {
        String from = was != null && was.isCharged() ? was.charge().connector() : null;
        String to = is.isCharged() ? is.charge().connector() : null;
        if (Objects.equals(from, to)) {
            return;
        }
        if (from != null) {
            attempts.takeBack(Attempts.of(fact, from));
        }
        if (to != null) {
            attempts.charge(Attempts.of(fact, to));
        }
    }

    /** Attempts that are only a number now move all together. */
    private static void moveOlder(
            AttemptLedger attempts, RecipientMemory memory, @Nullable String from, @Nullable String to) {
        if (Objects.equals(from, to)) {
            return;
        }
        for (Attempts older : memory.past().unnamed()) {
            attempts.takeBack(from == null ? older : older.on(from));
            attempts.charge(to == null ? older : older.on(to));
        }
    }

    /** The message's queues after the recipient has gone from one place to another. */
    private MessageMemory queue(
            long minute, RecipientKey key, MessageMemory message, Optional<Place> was, Optional<Place> is) {
        MessageMemory left =
                was.map(place -> queued(minute, key, message, place, -1)).orElse(message);
        return is.map(place -> queued(minute, key, left, place, 1)).orElse(left);
    }

    private MessageMemory queued(long minute, RecipientKey key, MessageMemory before, Place place, int change) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), place.connector());
        pending.addQueued(minute, connector, place.code(), place.sinceMs(), place.deadlineMs(), change);
        MessageMemory after = before.withQueued(place.connector(), change);
        int wasQueued = before.isQueued(place.connector()) ? 1 : 0;
        int isQueued = after.isQueued(place.connector()) ? 1 : 0;
        if (wasQueued != isQueued) {
            pending.addQueuedMessages(minute, connector, isQueued - wasQueued);
        }
        return after;
    }

    private void enterExpiry(long minute, RecipientKey key, Optional<Expiry> was, Optional<Expiry> is) {
        if (!was.equals(is)) {
            was.ifPresent(expiry -> expired(minute, key, expiry, -1));
            is.ifPresent(expiry -> expired(minute, key, expiry, 1));
        }
    }

    private void expired(long minute, RecipientKey key, Expiry expiry, int change) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), expiry.connector());
        pending.addExpired(minute, connector, expiry.code(), expiry.atMs(), change);
    }
}
