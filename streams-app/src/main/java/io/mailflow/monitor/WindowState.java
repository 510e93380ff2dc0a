package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.AttemptCounts;
import org.apache.kafka.common.serialization.Serde;

/**
 * Counts of one (connector, code) in one window.
 *
 * @param delivered attempts that succeeded
 * @param failed attempts that failed
 * @param messages distinct messages among the failed ones
 * @param recipients distinct recipients among the failed ones
 * @param causes failed attempts by cause; kept in 5-minute windows only
 * @param firstFailedMs earliest failure ever counted, {@link Long#MAX_VALUE} if none; kept in 5-minute windows only
 * @param lastFailedMs latest failure ever counted, {@link Long#MIN_VALUE} if none; kept in 5-minute windows only
 * @param lastDeliveredMs latest success ever counted, {@link Long#MIN_VALUE} if none; kept in 5-minute windows only
 * @param revision how often it was published
 * @param isFinal whether it was published as final
 */
record WindowState(
        long delivered,
        long failed,
        long messages,
        long recipients,
        Causes causes,
        long firstFailedMs,
        long lastFailedMs,
        long lastDeliveredMs,
        int revision,
        boolean isFinal) {

    static final WindowState EMPTY =
            new WindowState(0, 0, 0, 0, Causes.NONE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0, false);

    static final Serde<WindowState> SERDE = BinarySerde.of(3, (out, state) -> state.write(out), WindowState::read);

    /** With the changes of a window that lies in this one. */
    WindowState plus(AttemptCounts counts, WindowSize size) {
        boolean smallest = size == WindowSize.FIVE_MINUTES;
        return new WindowState(
                delivered + counts.delivered(),
                failed + counts.failed(),
                messages + size.messages(counts),
                recipients + size.recipients(counts),
                smallest ? causes.plus(counts.causes()) : causes,
                smallest ? Math.min(firstFailedMs, counts.firstFailedMs()) : firstFailedMs,
                smallest ? Math.max(lastFailedMs, counts.lastFailedMs()) : lastFailedMs,
                smallest ? Math.max(lastDeliveredMs, counts.lastDeliveredMs()) : lastDeliveredMs,
                revision,
                isFinal);
    }

    /** Published once more; what was final stays final. */
    WindowState published(boolean nowFinal) {
        return new WindowState(
                delivered,
                failed,
                messages,
                recipients,
                causes,
                firstFailedMs,
                lastFailedMs,
                lastDeliveredMs,
                revision + 1,
                isFinal || nowFinal);
    }

    /** Whether a failure was ever counted in this 5-minute window, taken back or not. */
    boolean hasEverFailed() {
        return lastFailedMs != Long.MIN_VALUE;
    }

    private void write(BinaryOutput out) {
        out.signed(delivered).signed(failed).signed(messages).signed(recipients);
        causes.write(out);
        out.flag(hasEverFailed());
        if (hasEverFailed()) {
            out.signed(firstFailedMs).signed(lastFailedMs);
        }
        out.flag(lastDeliveredMs != Long.MIN_VALUE);
        if (lastDeliveredMs != Long.MIN_VALUE) {
            out.signed(lastDeliveredMs);
        }
        out.unsigned(revision).flag(isFinal);
    }

    private static WindowState read(BinaryInput in) {
        long delivered = in.signed();
        long failed = in.signed();
        long messages = in.signed();
        long recipients = in.signed();
        Causes causes = Causes.read(in);
        boolean everFailed = in.flag();
        long firstFailedMs = everFailed ? in.signed() : Long.MAX_VALUE;
        long lastFailedMs = everFailed ? in.signed() : Long.MIN_VALUE;
        return new WindowState(
                delivered,
                failed,
                messages,
                recipients,
                causes,
                firstFailedMs,
                lastFailedMs,
                in.flag() ? in.signed() : Long.MIN_VALUE,
                (int) in.unsigned(),
                in.flag());
    }
}
