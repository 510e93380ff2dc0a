package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import java.util.List;

/**
 * Signed sums for one connector, to be added to what the monitor holds: commutative and associative.
 *
 * @param source the source partition they come from
 * @param minute the evaluation minute they count for, as minutes since the epoch: the minute {@code M} is evaluated on
 *     exactly the deltas with {@code minute <= M}
 * @param connector the connector
 * @param attempts attempts by code and 5-minute window
 * @param queued changes of the queue
 * @param expired changes of the recipients given up
 * @param queuedMessages change of the number of distinct messages queued on the connector
 * @param samples bounded evidence, not a sum
 */
public record ConnectorDelta(
        int source,
        long minute,
        ConnectorKey connector,
        List<AttemptSum> attempts,
        List<QueueSum> queued,
        List<ExpirySum> expired,
        long queuedMessages,
        List<FailureSample> samples)
        implements TrackerMessage {

    public ConnectorDelta {
        attempts = List.copyOf(attempts);
        queued = List.copyOf(queued);
        expired = List.copyOf(expired);
        samples = List.copyOf(samples);
    }

    /**
     * Attempts with timestamps in one 5-minute window.
     *
     * @param code the code, or {@link #WHOLE_CONNECTOR} for the sum over all codes and the deliveries
     * @param window5m the window: epoch milliseconds of its start
     * @param counts the changes
     */
    public record AttemptSum(String code, long window5m, AttemptCounts counts) {

        /** The code of the record without code. No real code is empty. */
        public static final String WHOLE_CONNECTOR = "";

        static AttemptSum read(BinaryInput in) {
            return new AttemptSum(in.text(), in.signed(), AttemptCounts.read(in));
        }

        static void write(BinaryOutput out, AttemptSum sum) {
            out.text(sum.code).signed(sum.window5m);
            sum.counts.write(out);
        }
    }

    /**
     * Recipients entering (positive) or leaving (negative) the queue of a code.
     *
     * @param code the code they are charged to
     * @param sinceMs their first deferral
     * @param deadlineMs when they expire
     * @param recipients how many
     */
    public record QueueSum(String code, long sinceMs, long deadlineMs, long recipients) {

        static QueueSum read(BinaryInput in) {
            return new QueueSum(in.text(), in.signed(), in.signed(), in.signed());
        }

        static void write(BinaryOutput out, QueueSum sum) {
            out.text(sum.code).signed(sum.sinceMs).signed(sum.deadlineMs).signed(sum.recipients);
        }
    }

    /**
     * Recipients given up (positive), or taken back (negative).
     *
     * @param code the code they are charged to
     * @param atMs when they were given up
     * @param recipients how many
     */
    public record ExpirySum(String code, long atMs, long recipients) {

        static ExpirySum read(BinaryInput in) {
            return new ExpirySum(in.text(), in.signed(), in.signed());
        }

        static void write(BinaryOutput out, ExpirySum sum) {
            out.text(sum.code).signed(sum.atMs).signed(sum.recipients);
        }
    }

    void write(BinaryOutput out) {
        out.unsigned(source).signed(minute);
        connector.write(out);
        out.list(attempts, AttemptSum::write)
                .list(queued, QueueSum::write)
                .list(expired, ExpirySum::write)
                .signed(queuedMessages)
                .list(samples, FailureSample::write);
    }

    static ConnectorDelta read(BinaryInput in) {
        return new ConnectorDelta(
                (int) in.unsigned(),
                in.signed(),
                ConnectorKey.read(in),
                in.list(AttemptSum::read),
                in.list(QueueSum::read),
                in.list(ExpirySum::read),
                in.signed(),
                in.list(FailureSample::read));
    }
}
