package io.mailflow.tracker;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.tracker.Standing.Charge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What everything remembered of a recipient comes to: the same for the same facts, in whatever order they were read.
 * What an event changes is the difference of two readings.
 *
 * @param outcomes what each fact in detail came to, in their order
 * @param olderConnector the connector of the older attempts that named none themselves, or null while only the registry
 *     told
 * @param standing where the recipient stands after all of it
 * @param last its final status, or null
 * @param marginMs how long after its deadline it is given up
 */
record Reading(
        List<Outcome> outcomes,
        @Nullable String olderConnector,
        Standing standing,
        @Nullable FinalStatus last,
        long marginMs) {

    /**
     * What a fact came to.
     *
     * @param charge its time and code, and the connector it is charged to
     * @param isAttempt whether it was an attempt
     * @param isCharged whether it is counted on its connector as one
     * @param matters whether it said anything at all: a closing of what was not open does not
     */
    record Outcome(Charge charge, boolean isAttempt, boolean isCharged, boolean matters) {}

    /** Reads a memory. */
    static Reading of(RecipientMemory memory) {
        List<Fact> facts = memory.facts();
        Past past = memory.past();
        Fact firstNamed = firstNamed(facts);
        Charge named = past.named();
        Standing standing = past.standing();
        List<Outcome> outcomes = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            Charge charge = charge(fact, named, firstNamed);
            boolean outbound = fact.kind() != Fact.Kind.FAILED
                    || standing.attempted()
                    || !charge.connector().equals(ConnectorSource.UNKNOWN_CONNECTOR);
            boolean isAttempt = fact.isTry() && outbound;
            boolean matters = isAttempt || !fact.kind().isClosing() || standing.isOpen();
            outcomes.add(new Outcome(charge, isAttempt, isAttempt && fact.counted(), matters));
            standing = standing.after(fact, charge, isAttempt, memory.marginMs());
            if (fact.namesForOthers()) {
                named = charge;
            }
        }
        String older = past.named() == null && firstNamed != null ? firstNamed.connector() : null;
        return new Reading(outcomes, older, standing, memory.last(), memory.marginMs());
    }

    /** What facts came to while their recipient was not remembered: each by itself. */
    static Reading apart(RecipientMemory memory) {
        List<Outcome> outcomes = memory.facts().stream()
                .map(fact -> {
                    Charge told = new Charge(fact.atMs(), fact.connector(), fact.code(), fact.lifetimeMs());
                    boolean sent = fact.kind() == Fact.Kind.SENT;
                    return new Outcome(told, sent, sent && fact.counted(), sent);
                })
                .toList();
        return new Reading(outcomes, null, Standing.NONE, null, memory.marginMs());
    }

    /** Its place in the queue at an instant. */
    Optional<Place> queued(long nowMs) {
        return last == null ? standing.place().filter(place -> nowMs < givenUpMs(place)) : Optional.empty();
    }

    /** How it was given up, if it was by this instant. */
    Optional<Expiry> expiry(long nowMs) {
        if (last != null) {
            return last.failed() ? Optional.ofNullable(standing.expiry()) : Optional.empty();
        }
        Expiry said = standing.expiry();
        return said != null
                ? Optional.of(said)
                : standing.place()
                        .filter(place -> nowMs >= givenUpMs(place))
                        .map(place -> new Expiry(
                                givenUpMs(place),
                                place.connector(),
                                place.code(),
                                place.sinceMs(),
                                place.deadlineMs()));
    }

    /** When it is given up if nothing more is heard of it. */
    long givenUpMs(Place place) {
        return place.deadlineMs() + marginMs;
    }

    /** The row's own connector, else of the latest attempt before that named one, else of the earliest after. */
    private static Charge charge(Fact fact, @Nullable Charge earlier, @Nullable Fact later) {
        if (fact.isNamed() || (earlier == null && later == null)) {
            return new Charge(fact.atMs(), fact.connector(), fact.code(), fact.lifetimeMs());
        }
        if (earlier != null) {
            return new Charge(fact.atMs(), earlier.connector(), fact.code(), earlier.lifetimeMs());
        }
        Fact told = later == null ? fact : later;
        return new Charge(fact.atMs(), told.connector(), fact.code(), told.lifetimeMs());
    }

    private static @Nullable Fact firstNamed(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.namesForOthers()) {
                return fact;
            }
        }
        return null;
    }
}
