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
 * they are, and messages and recipients wherever they appear first in a window, or disappear from it.
 */
final class AttemptLedger {

    private final Messages messages;
    private final PendingDeltas pending;

    AttemptLedger(Messages messages, PendingDeltas pending) {
        this.messages = messages;
        this.pending = pending;
    }

    /**
     * Charges attempts to their connector.
     *
     * @param failed the recipient's failed attempts as charged so far
     * @return the same with these
     */
    Tallies charge(long minute, RecipientKey key, Tallies failed, Attempts attempts) {
        return enter(minute, key, failed, attempts, attempts.number());
    }

    /** Takes attempts back from their connector. See {@link #charge}. */
    Tallies takeBack(long minute, RecipientKey key, Tallies failed, Attempts attempts) {
        return enter(minute, key, failed, attempts, -attempts.number());
    }

    private Tallies enter(long minute, RecipientKey key, Tallies failed, Attempts attempts, long number) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), attempts.connector());
        if (attempts.delivered()) {
            long lastMs = number > 0 ? attempts.lastMs() : Long.MIN_VALUE;
            AttemptCounts counts = AttemptCounts.delivered(number, lastMs);
            pending.addAttempts(minute, connector, AttemptSum.WHOLE_CONNECTOR, attempts.firstMs(), counts);
            return failed;
        }
        String name = attempts.connector();
        String code = attempts.code();
        long atMs = attempts.firstMs();

        Tallies after = failed.plus(name, code, atMs, number);
        Presence was = failed.presence(name, code, atMs);
        Presence is = after.presence(name, code, atMs);
        int appears = is.since(was).in5m();
        Tallies messageWas = messages.get(key.message()).failed();
        Tallies messageIs = appears == 0 ? messageWas : messageWas.plus(name, code, atMs, appears);
        if (appears != 0) {
            messages.update(key.message(), memory -> memory.withFailed(name, code, atMs, appears));
        }

        pending.addAttempts(
                minute,
                connector,
                code,
                atMs,
                counts(
                        attempts,
                        number,
                        messageIs.presence(name, code, atMs).since(messageWas.presence(name, code, atMs)),
                        is.since(was),
                        causes(attempts.cause(), number)));
        pending.addAttempts(
                minute,
                connector,
                AttemptSum.WHOLE_CONNECTOR,
                atMs,
                counts(
                        attempts,
                        number,
                        messageIs.presence(name, atMs).since(messageWas.presence(name, atMs)),
                        after.presence(name, atMs).since(failed.presence(name, atMs)),
                        Collections.emptySortedMap()));
        return after;
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
