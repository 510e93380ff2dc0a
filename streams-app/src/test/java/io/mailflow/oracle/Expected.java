package io.mailflow.oracle;

import io.mailflow.schema.Accounting;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What must come out for an input.
 *
 * @param at the last evaluation
 * @param ended that was the final clock: every window is final
 * @param accounting what became of the events, by source partition
 * @param late events too late to be counted, in the order of reading within a source
 * @param windows every window with an attempt
 * @param connectors every connector with an attempt, a queue or an expiry
 * @param recipients every recipient that is queued or was given up, in no order
 * @param alerts every publication, in the order of time
 */
public record Expected(
        Instant at,
        boolean ended,
        Map<Integer, Accounting> accounting,
        List<Late> late,
        Map<Window, Counts> windows,
        Map<Connector, Totals> connectors,
        List<RecipientStatus> recipients,
        List<Published> alerts) {

    /** A late event and its source's progress when it was read. */
    public record Late(MessageTraceEvent event, Instant progress) {}

    /** A connector of a tenant. */
    public record Connector(String tenant, String name) {
        @Override
        public String toString() {
            return tenant + "/" + name;
        }
    }

    /** A window of a code, or of the whole connector if the code is empty. */
    public record Window(Connector connector, String code, Duration size, Instant start) {}

    /** What is counted in a window or of a code. */
    public record Counts(long delivered, long attempts, long messages, long recipients) {}

    /**
     * A connector at the end.
     *
     * @param failures by code
     * @param deadlines queued recipients by the whole hour that their deadline ends or lies in
     */
    public record Totals(
            long delivered,
            long failed,
            SortedMap<String, Counts> failures,
            long queuedMessages,
            Queue queue,
            long expired,
            SortedMap<Instant, Long> deadlines) {}

    /** A queue: of a connector, or of one code. Instants are null when it is empty. */
    public record Queue(long recipients, Instant oldestSince, Instant nextDeadline, List<Expiring> expiring) {}

    /** A publication of an alert, as far as it is exact. */
    public record Published(
            String id,
            int sequence,
            Connector connector,
            String code,
            AlertState state,
            Severity severity,
            List<Reason> reasons,
            Publication publication,
            Instant since,
            Instant openedAt,
            Instant changedAt,
            Instant resolvedAt,
            Resolution resolution,
            Queue queue,
            long expiredLastHour) {}
}
