package io.mailflow.monitor;

import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.ExpirySum;
import io.mailflow.tracker.ConnectorDelta.QueueSum;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.FailureSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deltas as a tracker would send them for one event each; every message is new and has one recipient. */
record Traffic(int source, ConnectorKey connector) {

    static final Duration LIFETIME = Duration.ofHours(24);

    /** A first deferral; the recipient is queued from then on. */
    ConnectorDelta deferred(Instant at, String code, String cause) {
        return delta(
                at,
                failure(at, code, cause, 1),
                List.of(queued(at, code, 1)),
                List.of(),
                1,
                List.of(new FailureSample(
                        code,
                        at.toEpochMilli(),
                        "message-" + source + "-" + at,
                        "mail.contoso.example",
                        "192.0.2.25",
                        code + " " + cause,
                        1)));
    }

    /** Another deferral of a message queued before. */
    ConnectorDelta retried(Instant at, String code, String cause) {
        return delta(at, failure(at, code, cause, 0), List.of(), List.of(), 0, List.of());
    }

    /** A recipient deferred first at {@code since} is delivered. */
    ConnectorDelta deliveredFromQueue(Instant at, Instant since, String code) {
        return delta(at, delivery(at), List.of(queued(since, code, -1)), List.of(), -1, List.of());
    }

    /** A delivery of a message that never failed. */
    ConnectorDelta delivered(Instant at) {
        return delta(at, delivery(at), List.of(), List.of(), 0, List.of());
    }

    /** A recipient deferred first at {@code since} is given up. */
    ConnectorDelta expired(Instant at, Instant since, String code) {
        return delta(
                at,
                List.of(),
                List.of(queued(since, code, -1)),
                List.of(new ExpirySum(code, at.toEpochMilli(), 1)),
                -1,
                List.of());
    }

    private ConnectorDelta delta(
            Instant at,
            List<AttemptSum> attempts,
            List<QueueSum> queued,
            List<ExpirySum> expired,
            long messages,
            List<FailureSample> samples) {
        long minute = -Math.floorDiv(-at.toEpochMilli(), 60_000L);
        return new ConnectorDelta(source, minute, connector, attempts, queued, expired, messages, samples);
    }

    private static QueueSum queued(Instant since, String code, long recipients) {
        return new QueueSum(code, since.toEpochMilli(), since.plus(LIFETIME).toEpochMilli(), recipients);
    }

    private static List<AttemptSum> delivery(Instant at) {
        return List.of(
                new AttemptSum(AttemptSum.WHOLE_CONNECTOR, window(at), AttemptCounts.oneDelivered(at.toEpochMilli())));
    }

    /** One failed attempt; {@code distinct} says whether message and recipient are new. */
    private static List<AttemptSum> failure(Instant at, String code, String cause, long distinct) {
        long ms = at.toEpochMilli();
        AttemptCounts counts = new AttemptCounts(
                0,
                1,
                distinct,
                distinct,
                distinct,
                distinct,
                distinct,
                distinct,
                distinct,
                distinct,
                ms,
                ms,
                Long.MIN_VALUE,
                new TreeMap<>(Map.of(cause, 1L)));
        return List.of(
                new AttemptSum(code, window(at), counts),
                new AttemptSum(AttemptSum.WHOLE_CONNECTOR, window(at), counts));
    }

    private static long window(Instant at) {
        return WindowSize.FIVE_MINUTES.startMs(at.toEpochMilli());
    }
}
