package io.mailflow.monitor;

import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.ExpirySum;
import io.mailflow.tracker.ConnectorDelta.QueueSum;
import io.mailflow.tracker.FailureSample;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all sources together changed on one connector in one minute. The same whatever order their deltas came in.
 *
 * @param attempts by code, then by start of the 5-minute window in epoch milliseconds
 * @param queued changes of the queue
 * @param expired changes of the recipients given up
 * @param queuedMessages change of the number of queued messages
 * @param samples evidence by code
 */
record MinuteSum(
        SortedMap<String, SortedMap<Long, AttemptCounts>> attempts,
        List<QueueSum> queued,
        List<ExpirySum> expired,
        long queuedMessages,
        SortedMap<String, List<FailureSample>> samples) {

    static MinuteSum of(List<ConnectorDelta> deltas) {
        SortedMap<String, SortedMap<Long, AttemptCounts>> attempts = new TreeMap<>();
        List<QueueSum> queued = new ArrayList<>();
        List<ExpirySum> expired = new ArrayList<>();
        SortedMap<String, List<FailureSample>> samples = new TreeMap<>();
        long queuedMessages = 0;
        for (ConnectorDelta delta : deltas) {
            for (AttemptSum sum : delta.attempts()) {
                attempts.computeIfAbsent(sum.code(), code -> new TreeMap<>())
                        .merge(sum.window5m(), sum.counts(), AttemptCounts::plus);
            }
            queued.addAll(delta.queued());
            expired.addAll(delta.expired());
            queuedMessages += delta.queuedMessages();
            for (FailureSample sample : delta.samples()) {
                samples.computeIfAbsent(sample.code(), code -> new ArrayList<>())
                        .add(sample);
            }
        }
        return new MinuteSum(attempts, queued, expired, queuedMessages, samples);
    }

    /** Every code that something changed of. */
    SortedSet<String> codes() {
        SortedSet<String> codes = new TreeSet<>(attempts.keySet());
        codes.remove(AttemptSum.WHOLE_CONNECTOR);
        queued.forEach(queue -> codes.add(queue.code()));
        expired.forEach(gone -> codes.add(gone.code()));
        codes.addAll(samples.keySet());
        return codes;
    }
}
