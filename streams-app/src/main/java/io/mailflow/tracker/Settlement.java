package io.mailflow.tracker;

import java.util.Optional;

/**
 * Where an event ended.
 *
 * @param end which of the ends it is
 * @param attempt the failed attempt it was counted as, if it was one
 * @param changedQueue whether it changed the queue or the recipients given up
 * @param charge what it is charged to, or would be if it were not late
 * @param moreMatter how many earlier facts say something now that said nothing before, less those the other way round
 */
record Settlement(
        End end, Optional<Standing.Charge> attempt, boolean changedQueue, Standing.Charge charge, long moreMatter) {

    /** The ends of events that were read. */
    enum End {
        COUNTED,
        DUPLICATE,
        NOT_AN_ATTEMPT,
        LATE
    }

    /** The same changes, by an event that ended elsewhere and is no attempt of its own. */
    Settlement as(End other) {
        return new Settlement(other, Optional.empty(), changedQueue, charge, moreMatter);
    }

    /** An event that changed nothing. */
    static Settlement nothing(End end, Fact fact) {
        return new Settlement(end, Optional.empty(), false, charge(fact), 0);
    }

    /** What the fact alone would be charged to. */
    static Standing.Charge charge(Fact fact) {
        return new Standing.Charge(fact.atMs(), fact.connector(), fact.code(), fact.lifetimeMs());
    }
}
