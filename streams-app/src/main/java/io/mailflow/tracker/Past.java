package io.mailflow.tracker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a recipient's facts that are no longer remembered in detail.
 *
 * @param untilMs the newest of them, {@link Standing#NEVER} if there are none
 * @param standing where the recipient stood after them
 * @param named the latest attempt among them that named its connector, or null
 * @param unnamed attempts among them whose connector nobody has named; none once somebody has
 */
record Past(long untilMs, Standing standing, Standing.@Nullable Charge named, List<Attempts> unnamed) {

    /** Everything is remembered in detail. */
    static final Past NONE = new Past(Standing.NEVER, Standing.NONE, null, List.of());

    Past {
        unnamed = List.copyOf(unnamed);
    }

    /**
     * With one more fact, the one after those that are in it.
     *
     * @param outcome what the fact came to
     * @param marginMs how long after its deadline a recipient is given up
     */
    Past with(Fact fact, Reading.Outcome outcome, long marginMs) {
        Standing next = standing.after(fact, outcome.charge(), outcome.isAttempt(), marginMs);
        long until = Math.max(untilMs, fact.atMs());
        if (fact.namesForOthers() && outcome.isAttempt()) {
            return new Past(until, next, outcome.charge(), List.of());
        }
        boolean open = named == null && outcome.isCharged() && !fact.isNamed();
        return new Past(until, next, named, open ? plus(fact) : unnamed);
    }

    private List<Attempts> plus(Fact fact) {
        Attempts one = Attempts.of(fact, fact.connector());
        List<Attempts> all = new ArrayList<>(unnamed);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isLike(one)) {
                all.set(i, all.get(i).plus(one));
                return all;
            }
        }
        all.add(one);
        return all;
    }
}
