package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt kept as evidence: bounded, best effort, no address in it.
 *
 * @param code its code
 * @param atMs its timestamp
 * @param message network message id, else the message's other identity
 * @param host destination server
 * @param ip its address
 * @param lastError the reply, shortened, addresses masked
 * @param attempts how many attempts at this destination the sample stands for
 */
public record FailureSample(
        String code,
        long atMs,
        String message,
        @Nullable String host,
        @Nullable String ip,
        @Nullable String lastError,
        long attempts) {

    /** The same evidence standing for another number of attempts. */
    FailureSample withAttempts(long number) {
        return new FailureSample(code, atMs, message, host, ip, lastError, number);
    }

    static void write(BinaryOutput out, FailureSample sample) {
        out.text(sample.code)
                .signed(sample.atMs)
                .text(sample.message)
                .optionalText(sample.host)
                .optionalText(sample.ip)
                .optionalText(sample.lastError)
                .signed(sample.attempts);
    }

    static FailureSample read(BinaryInput in) {
        return new FailureSample(
                in.text(),
                in.signed(),
                in.text(),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.signed());
    }
}
