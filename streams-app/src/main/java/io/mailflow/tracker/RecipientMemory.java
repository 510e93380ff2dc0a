package io.mailflow.tracker;

import io.mailflow.serde.BinarySerde;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one recipient of one message that ever failed or had a status: facts. What they come to is a
 * {@link Reading}. Immutable; {@link #with} is the fold, and the order in which facts come makes no difference to it.
 *
 * @param past what is left of facts that are not remembered in detail
 * @param facts the newest facts in the order of their time, at most {@value #ATTEMPTS_KEPT} attempts
 * @param last its final status, or null
 * @param marginMs how long after its deadline it is given up
 * @param evaluatedMs progress of the source up to which its queue and expiry have been handed on,
 *     {@link Standing#NEVER} before the first time
 * @param timerMs when it is looked at next, {@link Standing#NEVER} if never
 * @param failed its failed attempts where they are charged now
 */
public record RecipientMemory(
        Past past,
        List<Fact> facts,
        @Nullable FinalStatus last,
        long marginMs,
        long evaluatedMs,
        long timerMs,
        Tallies failed) {

    /** Attempts remembered in detail. */
    static final int ATTEMPTS_KEPT = 32;

    /** Facts of all kinds remembered in detail: nobody closes a recipient more often than he tries. */
    static final int FACTS_KEPT = 2 * ATTEMPTS_KEPT;

    /** Its binary form. */
    public static final Serde<RecipientMemory> SERDE =
            BinarySerde.of(2, (out, memory) -> MemoryFormat.write(out, memory), MemoryFormat::read);

    /** What an attempt that is only a number takes, its names aside, which stand with the tallies. */
    private static final int BYTES_PER_NUMBER = 40;

    public RecipientMemory {
        facts = List.copyOf(facts);
    }

    /** A recipient nothing is known of. */
    static RecipientMemory unknown(long marginMs) {
        return new RecipientMemory(Past.NONE, List.of(), null, marginMs, Standing.NEVER, Standing.NEVER, Tallies.NONE);
    }

    /** Room it takes, in bytes, as long as its names are of ASCII, beside the facts in detail, of which there are few. */
    int room() {
        return failed.room() + BYTES_PER_NUMBER * past.unnamed().size();
    }

    /** Room, in bytes likewise, that older attempts take beyond that once this fact, or one in detail, names them. */
    int roomOfNaming(Fact fact) {
        if (past.unnamed().isEmpty()) {
            return 0;
        }
        int longest = Stream.concat(Stream.of(fact), facts.stream())
                .filter(Fact::isNamed)
                .mapToInt(naming -> naming.connector().length())
                .max()
                .orElse(0);
        return past.unnamed().size() * longest;
    }

    /** The same event among the facts in detail, read before. */
    Optional<Fact> find(Fact fact) {
        for (Fact known : facts) {
            if (known.isSameEvent(fact)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Where a fact stands among those in detail. */
    int indexOf(Fact fact) {
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).isSameEvent(fact)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not remembered: " + fact);
    }

    /** With one more fact, or with what another reading of a known one knows better. */
    RecipientMemory with(Fact fact) {
        List<Fact> all = new ArrayList<>(facts);
        Optional<Fact> known = find(fact);
        if (known.isPresent()) {
            all.set(all.indexOf(known.get()), known.get().with(fact));
        } else {
            int place = Collections.binarySearch(all, fact);
            all.add(place < 0 ? -place - 1 : place, fact);
        }
        return new RecipientMemory(past, all, last, marginMs, evaluatedMs, timerMs, failed);
    }

    /** A summary trace gave a final status; of two the one observed later is the last, else the one read later. */
    RecipientMemory withStatus(FinalStatus status) {
        return last != null && last.observedMs() > status.observedMs()
                ? this
                : new RecipientMemory(past, facts, status, marginMs, evaluatedMs, timerMs, failed);
    }

    /** Its queue and expiry as of this progress have been handed on. */
    RecipientMemory evaluatedAt(long nowMs) {
        return nowMs <= evaluatedMs ? this : new RecipientMemory(past, facts, last, marginMs, nowMs, timerMs, failed);
    }

    /** It is looked at next at {@code atMs}. */
    RecipientMemory withTimer(long atMs) {
        return new RecipientMemory(past, facts, last, marginMs, evaluatedMs, atMs, failed);
    }

    /** Its failed attempts are charged like this now. */
    RecipientMemory withFailed(Tallies tallies) {
        return new RecipientMemory(past, facts, last, marginMs, evaluatedMs, timerMs, tallies);
    }

    /** The oldest facts, where there are more than are remembered in detail. */
    List<Fact> surplus() {
        int attempts = 0;
        for (int i = facts.size() - 1; i >= 0; i--) {
            attempts += facts.get(i).isTry() ? 1 : 0;
            if (attempts > ATTEMPTS_KEPT || facts.size() - i > FACTS_KEPT) {
                return facts.subList(0, i + 1);
            }
        }
        return List.of();
    }

    /**
     * The same with its surplus put away as numbers.
     *
     * @param reading what it comes to
     */
    RecipientMemory withoutSurplus(Reading reading) {
        int gone = surplus().size();
        if (gone == 0) {
            return this;
        }
        Past older = past;
        for (int i = 0; i < gone; i++) {
            older = older.with(facts.get(i), reading.outcomes().get(i), marginMs);
        }
        return new RecipientMemory(
                older, facts.subList(gone, facts.size()), last, marginMs, evaluatedMs, timerMs, failed);
    }

    /** Its newest event. */
    long lastEventMs() {
        return facts.isEmpty()
                ? past.untilMs()
                : Math.max(past.untilMs(), facts.get(facts.size() - 1).atMs());
    }

    /** Its place in the queue as handed on. */
    Optional<Place> queued() {
        return Reading.of(this).queued(evaluatedMs);
    }

    /** How it was given up as handed on. */
    Optional<Expiry> expiry() {
        return Reading.of(this).expiry(evaluatedMs);
    }
}
