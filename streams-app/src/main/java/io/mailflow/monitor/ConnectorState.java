package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.ExpirySum;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * What is known of one connector since counting began, but for windows and the queue. Its stored form is without the
 * codes, which are stored one by one: anybody can invent as many as he likes, and a record on a topic has a limit.
 *
 * <p>No code is forgotten: health tells the failures of each since counting began and which of them have most, and what
 * happened to a code decides whether its next failure begins anew. Mail servers give some dozens. One that invents them
 * brings one with each attempt made to it at most, at about 2 KiB of memory: ten thousand are no matter, a million are
 * 2 GiB. Nothing else bounds them; three digits of a reply code and seven of an enhanced one make hundreds of millions.
 *
 * @param delivered attempts that succeeded
 * @param failed attempts that failed
 * @param queuedMessages distinct messages queued now
 * @param expired recipients given up
 * @param lastDeliveredMs newest successful attempt ever counted, {@link Long#MIN_VALUE} if none; which one stands, the
 *     windows tell ({@link StandingAttempts})
 * @param lastFailedMs newest failed attempt ever counted, {@link Long#MIN_VALUE} if none; likewise
 * @param codes every code that ever failed, queued or expired here
 */
record ConnectorState(
        long delivered,
        long failed,
        long queuedMessages,
        long expired,
        long lastDeliveredMs,
        long lastFailedMs,
        SortedMap<String, CodeState> codes) {

    static final ConnectorState EMPTY =
            new ConnectorState(0, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE, Collections.emptySortedMap());

    static final Serde<ConnectorState> SERDE =
            BinarySerde.of(3, (out, state) -> state.write(out), ConnectorState::read);

    ConnectorState {
        codes = Collections.unmodifiableSortedMap(codes);
    }

    /** The code's state, empty if it never occurred. */
    CodeState code(String code) {
        return codes.getOrDefault(code, CodeState.EMPTY);
    }

    /**
     * With the changes of one minute.
     *
     * @param quiet time without failure after which a code's next failure begins anew
     */
    ConnectorState plus(MinuteSum sum, Duration quiet) {
        AttemptCounts whole =
                sum.attempts().getOrDefault(AttemptSum.WHOLE_CONNECTOR, Collections.emptySortedMap()).values().stream()
                        .reduce(AttemptCounts.NONE, AttemptCounts::plus);
        return new ConnectorState(
                delivered + whole.delivered(),
                failed + whole.failed(),
                queuedMessages + sum.queuedMessages(),
                expired
                        + sum.expired().stream()
                                .mapToLong(ExpirySum::recipients)
                                .sum(),
                Math.max(lastDeliveredMs, whole.lastDeliveredMs()),
                Math.max(lastFailedMs, whole.lastFailedMs()),
                codes(sum, quiet.toMillis()));
    }

    /** The same with all its codes. */
    ConnectorState withCodes(SortedMap<String, CodeState> all) {
        return new ConnectorState(delivered, failed, queuedMessages, expired, lastDeliveredMs, lastFailedMs, all);
    }

    /** With queues that had become empty at an evaluation. */
    ConnectorState drained(Collection<String> emptied, long atMs) {
        if (emptied.isEmpty()) {
            return this;
        }
        TreeMap<String, CodeState> changed = new TreeMap<>(codes);
        emptied.forEach(code -> changed.put(code, code(code).drained(atMs)));
        return withCodes(changed);
    }

    /** The newest attempt ever counted, {@link Long#MIN_VALUE} if none. */
    long lastAttemptMs() {
        return Math.max(lastDeliveredMs, lastFailedMs);
    }

    private SortedMap<String, CodeState> codes(MinuteSum sum, long quietMs) {
        TreeMap<String, CodeState> changed = new TreeMap<>(codes);
        sum.attempts().forEach((code, windows) -> {
            if (!code.equals(AttemptSum.WHOLE_CONNECTOR)) {
                CodeState state = code(code);
                for (Map.Entry<Long, AttemptCounts> counts : windows.entrySet()) {
                    state = state.plus(counts.getKey(), counts.getValue(), quietMs);
                }
                changed.put(code, state);
            }
        });
        sum.queued().forEach(queued -> changed.putIfAbsent(queued.code(), CodeState.EMPTY));
        sum.expired().forEach(gone -> changed.putIfAbsent(gone.code(), CodeState.EMPTY));
        sum.samples()
                .forEach((code, samples) -> changed.put(
                        code, changed.getOrDefault(code, CodeState.EMPTY).plus(samples)));
        return changed;
    }

    private void write(BinaryOutput out) {
        out.signed(delivered)
                .signed(failed)
                .signed(queuedMessages)
                .signed(expired)
                .signed(lastDeliveredMs)
                .signed(lastFailedMs);
    }

    private static ConnectorState read(BinaryInput in) {
        return new ConnectorState(
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                Collections.emptySortedMap());
    }
}
