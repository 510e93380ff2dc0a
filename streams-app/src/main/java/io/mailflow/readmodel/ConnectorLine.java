package io.mailflow.readmodel;

import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connector now, in one line.
 *
 * @param severity the gravest of its open alerts, null without one
 * @param codes codes of its open alerts, then of its failures, most attempts first; at most 5
 * @param owner who is responsible, from the registry
 * @param at event time up to which this holds, null while nothing was heard of it
 * @param lastHour attempts of the last hour of the trend
 * @param trend the last two hours
 */
public record ConnectorLine(
        String tenant,
        String connector,
        ConnectorType type,
        ConnectorState state,
        @Nullable Severity severity,
        long openAlerts,
        List<String> codes,
        @Nullable String owner,
        @Nullable Instant at,
        LastHour lastHour,
        Queue queue,
        Trend trend,
        @Nullable Instant lastDelivered,
        @Nullable Instant lastFailed) {

    /** Attempts; the share is null without any. */
    public record LastHour(
            long delivered, long failed, @Nullable Double failingShare) {}

    /**
     * The connector's queue.
     *
     * @param expired recipients given up since counting began
     */
    public record Queue(
            long messages,
            long recipients,
            @Nullable Instant oldestSince,
            @Nullable Instant nextDeadline,
            long expired) {}
}
