package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.FailureSample;
import java.util.Collection;
import org.apache.kafka.common.serialization.Serde;

/**
 * What is known of one code on one connector since counting began.
 *
 * @param attempts failed attempts
 * @param messages distinct messages among them
 * @param recipients distinct recipients among them
 * @param firstMs earliest failure ever counted, {@link Long#MAX_VALUE} if none; which one stands, the windows tell
 *     ({@link StandingAttempts})
 * @param lastMs newest failure ever counted, {@link Long#MIN_VALUE} if none; likewise
 * @param activeSinceMs first failure since the code was last quiet for longer than the quiet time,
 *     {@link Long#MAX_VALUE} if none
 * @param activeAttempts failed attempts since then, without those taken back
 * @param drainedMs the evaluation at which its queue had become empty, {@link Long#MIN_VALUE} if it never was queued
 * @param causes attempts by cause since then
 * @param evidence samples since then
 */
record CodeState(
        long attempts,
        long messages,
        long recipients,
        long firstMs,
        long lastMs,
        long activeSinceMs,
        long activeAttempts,
        long drainedMs,
        Causes causes,
        Evidence evidence) {

    static final CodeState EMPTY = new CodeState(
            0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MIN_VALUE, Causes.NONE, Evidence.NONE);

    static final Serde<CodeState> SERDE = BinarySerde.of(1, (out, state) -> state.write(out), CodeState::read);

    /** Whether a failure with this code was seen and not taken back. */
    boolean hasFailed() {
        return attempts > 0 && lastMs != Long.MIN_VALUE;
    }

    /**
     * With the changes of one window. Windows are added in the order of their time.
     *
     * @param window5m the window: epoch milliseconds of its start
     * @param quietMs time without failure after which the next one begins anew
     */
    CodeState plus(long window5m, AttemptCounts counts, long quietMs) {
        boolean failed = counts.lastFailedMs() != Long.MIN_VALUE;
        boolean anew = failed
                && (lastMs == Long.MIN_VALUE || activeAttempts <= 0 || counts.firstFailedMs() - lastMs > quietMs);
        long activeFromMs = anew ? counts.firstFailedMs() : Math.min(activeSinceMs, counts.firstFailedMs());
        boolean active = window5m >= WindowSize.FIVE_MINUTES.startMs(activeFromMs);
        return new CodeState(
                attempts + counts.failed(),
                messages + counts.messagesEver(),
                recipients + counts.recipientsEver(),
                Math.min(firstMs, counts.firstFailedMs()),
                Math.max(lastMs, counts.lastFailedMs()),
                activeFromMs,
                (anew ? 0 : activeAttempts) + (active ? counts.failed() : 0),
                drainedMs,
                (anew ? Causes.NONE : causes).plus(counts.causes()),
                anew ? Evidence.NONE : evidence);
    }

    /** With the samples of one minute. */
    CodeState plus(Collection<FailureSample> samples) {
        return new CodeState(
                attempts,
                messages,
                recipients,
                firstMs,
                lastMs,
                activeSinceMs,
                activeAttempts,
                drainedMs,
                causes,
                evidence.plus(samples));
    }

    /** With a queue that had become empty at an evaluation. */
    CodeState drained(long atMs) {
        return new CodeState(
                attempts, messages, recipients, firstMs, lastMs, activeSinceMs, activeAttempts, atMs, causes, evidence);
    }

    private void write(BinaryOutput out) {
        out.signed(attempts)
                .signed(messages)
                .signed(recipients)
                .signed(firstMs)
                .signed(lastMs)
                .signed(activeSinceMs)
                .signed(activeAttempts)
                .signed(drainedMs);
        causes.write(out);
        evidence.write(out);
    }

    private static CodeState read(BinaryInput in) {
        return new CodeState(
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                Causes.read(in),
                Evidence.read(in));
    }
}
