package io.mailflow.tracker;

import io.mailflow.config.TimeSettings;
import io.mailflow.tracker.Reading.Outcome;
import io.mailflow.tracker.Settlement.End;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of recipients, in stores: takes facts in and enters into the ledger what they change. A recipient
 * that ever failed or had a status is remembered whole; of all others {@link Unremembered} keeps what is needed.
 */
final class Recipients {

    private static final byte[] SEEN = {};

    private final KeyValueStore<RecipientKey, RecipientMemory> store;
    private final Unremembered unremembered;
    private final WindowStore<Bytes, byte[]> seen;
    private final Timers timers;
    private final Ledger ledger;
    private final TimeSettings time;

    /**
     * Recipients of one source.
     *
     * @param seen fingerprints of events that are remembered only as numbers
     */
    Recipients(
            KeyValueStore<RecipientKey, RecipientMemory> store,
            Unremembered unremembered,
            WindowStore<Bytes, byte[]> seen,
            Timers timers,
            Ledger ledger,
            TimeSettings time) {
        this.store = store;
        this.unremembered = unremembered;
        this.seen = seen;
        this.timers = timers;
        this.ledger = ledger;
        this.time = time;
    }

    /** Takes a fact in. */
    Settlement settle(RecipientKey key, Fact fact, Optional<FinalStatus> status, long progressMs) {
        RecipientMemory memory = store.get(key);
        if (memory != null) {
            ledger.refuseEndless(key, memory, fact);
            return remembered(key, memory, fact, status, progressMs);
        }
        return switch (fact.kind()) {
            case SENT -> sent(key, fact, progressMs);
            case CLOSED, DROPPED -> nothingToClose(key, fact);
            default -> firstSeen(key, fact, status, progressMs);
        };
    }

    /** A success of a recipient that never failed. */
    private Settlement sent(RecipientKey key, Fact fact, long progressMs) {
        long minute = Windows.evaluationMinute(progressMs);
        Fact known = knownSuccess(key, fact, progressMs);
        if (known != null) {
            Fact better = known.with(fact);
            if (!better.equals(known)) {
                unremembered.put(key, better);
                if (known.counted()) {
                    ledger.notDelivered(minute, key, known);
                    ledger.delivered(minute, key, better);
                }
            }
            return Settlement.nothing(End.DUPLICATE, fact);
        }
        // Also if it is late: it may have overtaken the deferral that it ends.
        unremembered.put(key, fact);
        if (!fact.counted()) {
            return Settlement.nothing(End.LATE, fact);
        }
        ledger.delivered(minute, key, fact);
        return Settlement.nothing(End.COUNTED, fact);
    }

    private @Nullable Fact knownSuccess(RecipientKey key, Fact fact, long progressMs) {
        return fact.atMs() < successesSince(progressMs)
                ? null
                : unremembered.find(key, fact).orElse(null);
    }

    /** What it closes may still be on its way. */
    private Settlement nothingToClose(RecipientKey key, Fact fact) {
        if (fact.counted()) {
            unremembered.put(key, fact);
        }
        return Settlement.nothing(End.NOT_AN_ATTEMPT, fact);
    }

    /**
     * From here on the recipient is remembered, and with it what was known before. Also after a failure that is no
     * attempt by what is known so far: what tells its connector may still be on its way.
     */
    private Settlement firstSeen(RecipientKey key, Fact fact, Optional<FinalStatus> status, long progressMs) {
        RecipientMemory before = RecipientMemory.unknown(time.margin().toMillis());
        ledger.refuseEndless(key, before, fact);
        for (Fact known : unremembered.since(key, successesSince(progressMs))) {
            before = before.with(known);
        }
        RecipientMemory after = before.with(fact);
        Outcome outcome = outcome(Reading.of(after), after, fact);
        if (!fact.counted() && !outcome.matters()) {
            return Settlement.nothing(End.NOT_AN_ATTEMPT, fact);
        }
        if (!fact.counted() && progressMs - fact.atMs() >= memorableMs(outcome)) {
            return Settlement.nothing(End.LATE, fact);
        }
        ledger.remember(key, 1);
        return enter(key, before, Reading.apart(before), after, fact, status, progressMs);
    }

    /** How young a late event must be to say something about a queue nobody remembers. */
    private long memorableMs(Outcome outcome) {
        return Math.max(
                time.horizon().toMillis(),
                outcome.charge().lifetimeMs() + time.margin().toMillis());
    }

    private Settlement remembered(
            RecipientKey key, RecipientMemory memory, Fact fact, Optional<FinalStatus> status, long progressMs) {
        if (memory.find(fact).isPresent()) {
            return again(key, memory, fact, status, progressMs);
        }
        if (fact.atMs() <= memory.past().untilMs() && seen.fetch(Fingerprint.of(key, fact), fact.atMs()) != null) {
            return Settlement.nothing(End.DUPLICATE, fact);
        }
        RecipientMemory after = memory.with(fact);
        if (!fact.counted()
                && fact.kind().isClosing()
                && !outcome(Reading.of(after), after, fact).matters()) {
            return Settlement.nothing(End.NOT_AN_ATTEMPT, fact);
        }
        return enter(key, memory, Reading.of(memory), after, fact, status, progressMs);
    }

    /** A duplicate counts nothing, but may know better: a connector's name, or a status seen later. */
    private Settlement again(
            RecipientKey key, RecipientMemory memory, Fact fact, Optional<FinalStatus> status, long progressMs) {
        FinalStatus last = memory.last();
        Optional<FinalStatus> later = status.filter(given -> last == null || given.observedMs() > last.observedMs());
        RecipientMemory after = memory.with(fact);
        Reading was = Reading.of(memory);
        boolean matters = outcome(was, memory, fact).matters();
        End end = matters ? End.DUPLICATE : End.NOT_AN_ATTEMPT;
        return later.isEmpty() && after.equals(memory)
                ? Settlement.nothing(end, fact)
                : enter(key, memory, was, after, fact, later, progressMs).as(end);
    }

    private Settlement enter(
            RecipientKey key,
            RecipientMemory before,
            Reading was,
            RecipientMemory grown,
            Fact fact,
            Optional<FinalStatus> status,
            long progressMs) {
        RecipientMemory after = status.map(grown::withStatus).orElse(grown).evaluatedAt(progressMs);
        Reading is = Reading.of(after);
        Tallies failed = ledger.enter(Windows.evaluationMinute(progressMs), key, before, was, after, is);
        keep(key, after.withFailed(failed), is);

        Outcome outcome = outcome(is, after, fact);
        boolean changedQueue = !was.queued(before.evaluatedMs()).equals(is.queued(after.evaluatedMs()))
                || !was.expiry(before.evaluatedMs()).equals(is.expiry(after.evaluatedMs()));
        boolean failure = outcome.isCharged() && fact.kind() != Fact.Kind.SENT;
        End end = !outcome.matters() ? End.NOT_AN_ATTEMPT : fact.counted() ? End.COUNTED : End.LATE;
        return new Settlement(
                end,
                failure ? Optional.of(outcome.charge()) : Optional.empty(),
                changedQueue,
                outcome.charge(),
                matter(is, after, fact) - matter(was, before, fact));
    }

    private static Outcome outcome(Reading reading, RecipientMemory memory, Fact fact) {
        return reading.outcomes().get(memory.indexOf(fact));
    }

    /** How many other facts that were read in time say something. */
    private static long matter(Reading reading, RecipientMemory memory, Fact but) {
        long matter = 0;
        for (int i = 0; i < memory.facts().size(); i++) {
            Fact fact = memory.facts().get(i);
            matter += reading.outcomes().get(i).matters() && fact.counted() && !fact.isSameEvent(but) ? 1 : 0;
        }
        return matter;
    }

    private void keep(RecipientKey key, RecipientMemory memory, Reading reading) {
        memory.surplus().forEach(fact -> seen.put(Fingerprint.of(key, fact), SEEN, fact.atMs()));
        store.put(key, armed(key, memory.withoutSurplus(reading), reading));
    }

    /** The moment of a timer has come: the recipient is given up, forgotten, or looked at again later. */
    void due(long dueMs, RecipientKey key) {
        RecipientMemory memory = store.get(key);
        if (memory == null || memory.timerMs() != dueMs) {
            return;
        }
        Reading reading = Reading.of(memory);
        RecipientMemory after = memory.withTimer(Standing.NEVER).evaluatedAt(dueMs);
        if (reading.queued(memory.evaluatedMs()).isEmpty() && dueMs(after, reading) <= dueMs) {
            store.delete(key);
            ledger.remember(key, -1);
            return;
        }
        Tallies failed = ledger.enter(Windows.evaluationMinute(dueMs), key, memory, reading, after, reading);
        store.put(key, armed(key, after.withFailed(failed), reading));
    }

    /** Sets a timer for the next moment at which time alone changes something, unless an earlier one is set. */
    private RecipientMemory armed(RecipientKey key, RecipientMemory memory, Reading reading) {
        long dueMs = dueMs(memory, reading);
        if (memory.timerMs() != Standing.NEVER && memory.timerMs() <= dueMs) {
            return memory;
        }
        if (memory.timerMs() != Standing.NEVER) {
            timers.cancel(memory.timerMs(), key);
        }
        timers.set(dueMs, key);
        return memory.withTimer(dueMs);
    }

    private long dueMs(RecipientMemory memory, Reading reading) {
        return reading.queued(memory.evaluatedMs()).map(reading::givenUpMs).orElseGet(() -> forgetMs(memory, reading));
    }

    /**
     * The horizon after its last event, an expiry by the clock being one; and neither before its failures can share no
     * window with an event that is not late, nor while one of its events, read again, would change the queue.
     */
    private long forgetMs(RecipientMemory memory, Reading reading) {
        long lastMs = reading.expiry(memory.evaluatedMs())
                .map(expiry -> Math.max(memory.lastEventMs(), expiry.atMs()))
                .orElseGet(memory::lastEventMs);
        long dayEndMs = Windows.startOf(memory.lastEventMs(), Windows.DAY_MS) + Windows.DAY_MS;
        return Collections.max(List.of(
                lastMs + time.horizon().toMillis(),
                dayEndMs + time.lateness().toMillis(),
                changesQueueUntilMs(memory, reading)));
    }

    /** See {@link #memorableMs}. */
    private long changesQueueUntilMs(RecipientMemory memory, Reading reading) {
        long untilMs = Standing.NEVER;
        for (int i = 0; i < memory.facts().size(); i++) {
            Fact.Kind kind = memory.facts().get(i).kind();
            if (kind == Fact.Kind.DEFERRED || kind == Fact.Kind.PENDING || kind == Fact.Kind.EXPIRED) {
                Standing.Charge charge = reading.outcomes().get(i).charge();
                untilMs = Math.max(
                        untilMs,
                        charge.atMs() + charge.lifetimeMs() + time.margin().toMillis());
            }
        }
        return untilMs;
    }

    private long successesSince(long progressMs) {
        return progressMs - time.successHorizon().toMillis();
    }
}
