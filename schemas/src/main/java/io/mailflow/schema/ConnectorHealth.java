package io.mailflow.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connector now, on {@code mailflow.connector-health} (compacted).
 *
 * @param tenant the organisation
 * @param connector the connector's name
 * @param type how it finds its next server
 * @param at event time up to which everything is in
 * @param attempts attempts since counting began
 * @param failures the failed ones by code, most attempts first, then by code, 200 codes at most
 * @param unlisted the codes beyond those, or null if there are none
 * @param queue what is queued now
 * @param lastDelivered newest successful attempt
 * @param lastFailed newest failed attempt
 */
public record ConnectorHealth(
        String tenant,
        String connector,
        ConnectorType type,
        Instant at,
        Attempts attempts,
        List<CodeFailures> failures,
        @Nullable Unlisted unlisted,
        Queue queue,
        @Nullable Instant lastDelivered,
        @Nullable Instant lastFailed) {

    /** Attempts by result. */
    public record Attempts(long delivered, long failed) {}

    /**
     * Failed attempts with one code.
     *
     * @param code the code
     * @param attempts every failed try
     * @param messages distinct messages
     * @param recipients distinct (message, recipient)
     * @param first timestamp of the earliest
     * @param last timestamp of the latest
     */
    public record CodeFailures(
            String code, long attempts, long messages, long recipients, Instant first, Instant last) {}

    /** Codes that are not listed, and failed attempts with any of them. */
    public record Unlisted(long codes, long attempts) {}

    /**
     * The connector's queue.
     *
     * @param messages distinct queued messages
     * @param recipients queued recipients
     * @param oldestSince first deferral of the recipient queued longest
     * @param nextDeadline deadline of the recipient that expires next, past if it is overdue
     * @param expiring cumulative counts within 1, 4, 12 and 24 hours, overdue ones included
     * @param deadlines how many of the recipients expire in each whole hour of UTC that has any, in order; hours that are
     *     over hold those that are overdue
     * @param expired recipients given up since counting began
     */
    public record Queue(
            long messages,
            long recipients,
            @Nullable Instant oldestSince,
            @Nullable Instant nextDeadline,
            List<Expiring> expiring,
            List<Deadlines> deadlines,
            long expired) {

        public Queue {
            deadlines = deadlines == null ? List.of() : List.copyOf(deadlines);
        }
    }

    /** Queued recipients with a deadline after {@code from}, up to and including {@code to}. */
    public record Deadlines(Instant from, Instant to, long recipients) {}
}
