package io.mailflow.tracker;

import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.Tallies.Change;
import io.mailflow.tracker.Tallies.Presence;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns attempts that are charged to a connector, or no longer, into the signed sums of that connector: attempts as
 * they are, and messages and recipients wherever they appear first in a window, or disappear from it. For one event.
 */
final class AttemptLedger {

    private final PendingDeltas pending;
    private final long minute;
    private final String tenant;
    private final OpenTallies recipient;
    private final OpenTallies message;

    /**
     * For one event.
     *
     * @param minute the evaluation minute the sums count for
     * @param recipient the recipient's failed attempts as charged so far
     * @param message recipients of its message that failed, likewise
     */
    AttemptLedger(PendingDeltas pending, long minute, String tenant, OpenTallies recipient, OpenTallies message) {
        this.pending = pending;
        this.minute = minute;
        this.tenant = tenant;
        this.recipient = recipient;
        this.message = message;
    }

    /** Charges attempts to their connector. */
    void charge(Attempts attempts) {
        enter(attempts, attempts.number());
    }

    /** Takes attempts back from their connector. */
    void takeBack(Attempts attempts) {
        enter(attempts, -attempts.number());
    }

    private void enter(Attempts attempts, long number) {
        if (attempts.delivered()) {
            long lastMs = number > 0 ? attempts.lastMs() : Long.MIN_VALUE;
            add(attempts, AttemptSum.WHOLE_CONNECTOR, AttemptCounts.delivered(number, lastMs));
            return;
        }
        String name = attempts.connector();
        String code = attempts.code();
        long atMs = attempts.firstMs();

        Presence was = recipient.presence(name, code, atMs);
        Presence wasAtAll = recipient.presence(name, atMs);
        recipient.add(name, code, atMs, number);
        Change change = recipient.presence(name, code, atMs).since(was);
        Change changeAtAll = recipient.presence(name, atMs).since(wasAtAll);

        Presence messageWas = message.presence(name, code, atMs);
        Presence messageWasAtAll = message.presence(name, atMs);
        if (change.in5m() != 0) {
            message.add(name, code, atMs, change.in5m());
        }
        Change messageChange = message.presence(name, code, atMs).since(messageWas);
        Change messageChangeAtAll = message.presence(name, atMs).since(messageWasAtAll);

        add(attempts, code, counts(attempts, number, messageChange, change, causes(attempts.cause(), number)));
        add(
                attempts,
                AttemptSum.WHOLE_CONNECTOR,
                counts(attempts, number, messageChangeAtAll, changeAtAll, Collections.emptySortedMap()));
    }

    private void add(Attempts attempts, String code, AttemptCounts counts) {
        pending.addAttempts(minute, new ConnectorKey(tenant, attempts.connector()), code, attempts.firstMs(), counts);
    }

    private static SortedMap<String, Long> causes(@Nullable String cause, long number) {
        return cause == null ? Collections.emptySortedMap() : new TreeMap<>(Collections.singletonMap(cause, number));
    }

    /** First and last instants only ever widen: what is taken back leaves them as they are. */
    private static AttemptCounts counts(
            Attempts attempts, long number, Change message, Change recipient, SortedMap<String, Long> causes) {
        return new AttemptCounts(
                0,
                number,
                message.in5m(),
                recipient.in5m(),
                message.in1h(),
                recipient.in1h(),
                message.in1d(),
                recipient.in1d(),
                message.ever(),
                recipient.ever(),
                number > 0 ? attempts.firstMs() : Long.MAX_VALUE,
                number > 0 ? attempts.lastMs() : Long.MIN_VALUE,
                Long.MIN_VALUE,
                causes);
    }
}
