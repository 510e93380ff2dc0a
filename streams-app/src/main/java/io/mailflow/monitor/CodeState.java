package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.FailureSample;
import java.util.Collection;

/**
 * What is known of one code on one connector since counting began.
 *
 * @param attempts failed attempts
 * @param messages distinct messages among them
 * @param recipients distinct recipients among them
 * @param firstMs earliest failure, {@link Long#MAX_VALUE} if none
 * @param lastMs newest failure, {@link Long#MIN_VALUE} if none
 * @param activeSinceMs first failure since the code was last quiet for longer than the quiet time,
 *     {@link Long#MAX_VALUE} if none
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
        Causes causes,
        Evidence evidence) {

    static final CodeState EMPTY =
            new CodeState(0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Causes.NONE, Evidence.NONE);

    /** Whether a failure with this code was seen and not taken back. */
    boolean hasFailed() {
        return attempts > 0 && lastMs != Long.MIN_VALUE;
    }

    /**
     * With the changes of one window. Windows are added in the order of their time.
     *
     * @param quietMs time without failure after which the next one begins anew
     */
    CodeState plus(AttemptCounts counts, long quietMs) {
        boolean failed = counts.lastFailedMs() != Long.MIN_VALUE;
        boolean anew = failed && (lastMs == Long.MIN_VALUE || counts.firstFailedMs() - lastMs > quietMs);
        return new CodeState(
                attempts + counts.failed(),
                messages + counts.messagesEver(),
                recipients + counts.recipientsEver(),
                Math.min(firstMs, counts.firstFailedMs()),
                Math.max(lastMs, counts.lastFailedMs()),
                anew ? counts.firstFailedMs() : Math.min(activeSinceMs, counts.firstFailedMs()),
                (anew ? Causes.NONE : causes).plus(counts.causes()),
                anew ? Evidence.NONE : evidence);
    }

    /** With the samples of one minute. */
    CodeState plus(Collection<FailureSample> samples) {
        return new CodeState(
                attempts, messages, recipients, firstMs, lastMs, activeSinceMs, causes, evidence.plus(samples));
    }

    void write(BinaryOutput out) {
        out.signed(attempts)
                .signed(messages)
                .signed(recipients)
                .signed(firstMs)
                .signed(lastMs)
                .signed(activeSinceMs);
        causes.write(out);
        evidence.write(out);
    }

    static CodeState read(BinaryInput in) {
        return new CodeState(
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
