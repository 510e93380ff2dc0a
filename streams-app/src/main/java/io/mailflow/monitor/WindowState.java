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
 * @param revision how often it was published
 * @param isFinal whether it was published as final
 */
record WindowState(
        long delivered, long failed, long messages, long recipients, Causes causes, int revision, boolean isFinal) {

    static final WindowState EMPTY = new WindowState(0, 0, 0, 0, Causes.NONE, 0, false);

    static final Serde<WindowState> SERDE = BinarySerde.of(1, (out, state) -> state.write(out), WindowState::read);

    /** With the changes of a window that lies in this one. */
    WindowState plus(AttemptCounts counts, WindowSize size) {
        return new WindowState(
                delivered + counts.delivered(),
                failed + counts.failed(),
                messages + size.messages(counts),
                recipients + size.recipients(counts),
                size == WindowSize.FIVE_MINUTES ? causes.plus(counts.causes()) : causes,
                revision,
                isFinal);
    }

    /** Published once more; what was final stays final. */
    WindowState published(boolean nowFinal) {
        return new WindowState(delivered, failed, messages, recipients, causes, revision + 1, isFinal || nowFinal);
    }

    private void write(BinaryOutput out) {
        out.signed(delivered).signed(failed).signed(messages).signed(recipients);
        causes.write(out);
        out.unsigned(revision).flag(isFinal);
    }

    private static WindowState read(BinaryInput in) {
        return new WindowState(
                in.signed(), in.signed(), in.signed(), in.signed(), Causes.read(in), (int) in.unsigned(), in.flag());
    }
}
