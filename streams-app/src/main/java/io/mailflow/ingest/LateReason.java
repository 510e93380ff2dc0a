package io.mailflow.ingest;

import io.mailflow.config.DurationText;
import io.mailflow.schema.LateEvent;
import java.util.Objects;

/** Why an event that came too late was put aside: how late it was, and what it would have changed. */
final class LateReason {

    private LateReason() {}

    /** In a sentence. */
    static String sentence(LateEvent late) {
        return DurationText.brief(late.lateBy()) + " late, when the stream had come to " + late.progress() + ": "
                + missed(late) + " in the windows of " + late.window() + "; " + effect(late);
    }

    /** The same without what differs from event to event. */
    static String kind(LateEvent late) {
        return "too late: " + missed(late) + "; " + effect(late);
    }

    private static String missed(LateEvent late) {
        String code = late.code() == null ? "" : " with " + late.code();
        return switch (Objects.requireNonNullElse(late.missed(), "")) {
            case "delivered" -> "not counted as a delivered attempt";
            case "failed" -> "not counted as a failed attempt" + code;
            case "expired" -> "not counted as an expiry";
            case "closed" -> "not counted as the end of a recipient's queueing";
            case "pending" -> "not counted as a pending message";
            case "final" -> "not counted as a final status";
            default -> "not counted";
        };
    }

    private static String effect(LateEvent late) {
        return "queue".equals(late.effect())
                ? "the queue was brought up to date with it"
                : "the queue was not changed by it";
    }
}
