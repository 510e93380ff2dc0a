package io.mailflow.tracker;

import io.mailflow.schema.LateEvent;
import io.mailflow.schema.MessageTraceEvent;
import java.time.Duration;
import java.time.Instant;

/** What is kept of an event that came too late to be counted. */
final class LateEvents {

    private LateEvents() {}

    /** The event, how late it was, and what it would have been counted as. */
    static LateEvent of(MessageTraceEvent event, Fact fact, Settlement settled, Instant progress) {
        return new LateEvent(
                event,
                progress,
                Duration.between(event.timestamp(), progress),
                Instant.ofEpochMilli(Windows.startOf(fact.atMs(), Windows.FIVE_MINUTES_MS)),
                missed(fact.kind()),
                settled.charge().connector(),
                fact.kind() == Fact.Kind.DEFERRED || fact.kind() == Fact.Kind.FAILED
                        ? settled.charge().code()
                        : null,
                settled.changedQueue() ? "queue" : "nothing");
    }

    private static String missed(Fact.Kind kind) {
        return switch (kind) {
            case SENT -> "delivered";
            case DEFERRED, FAILED -> "failed";
            case EXPIRED -> "expired";
            case CLOSED, DROPPED -> "closed";
            case PENDING -> "pending";
            case FINAL -> "final";
        };
    }
}
