package io.mailflow.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code analyze --json} prints: one finite input, read to its end.
 *
 * @param input what became of the input
 * @param asOf the final clock
 * @param connectors outbound connectors with an attempt, a queue or an expiry, by tenant and name
 * @param windows 5-minute windows with failures, by tenant, connector, code and start
 * @param deliveries 5-minute windows with deliveries, by tenant, connector and start
 * @param alerts the latest state of every alert, in the order they opened
 * @param alertEvents every publication, in order
 */
public record Analysis(
        Input input,
        Instant asOf,
        List<Connector> connectors,
        List<FailureWindow> windows,
        List<DeliveryWindow> deliveries,
        List<Alert> alerts,
        List<Alert> alertEvents) {

    /**
     * Input accounting; {@code events = counted + duplicates + notAttempts + late + afterAsOf}.
     *
     * @param rows well-formed and unreadable rows
     * @param unreadable rows that could not be read; kept as dead letters
     * @param events one per row and recipient
     * @param counted changed a count or a queue
     * @param duplicates seen before
     * @param notAttempts said nothing about an outbound attempt
     * @param late always 0 here: a finite input is sorted first
     * @param afterAsOf later than the final clock, ignored
     */
    public record Input(
            long rows,
            long unreadable,
            long events,
            long counted,
            long duplicates,
            long notAttempts,
            long late,
            long afterAsOf) {}

    /** One connector at the final clock; see {@link ConnectorHealth}. */
    public record Connector(
            String tenant,
            String connector,
            ConnectorHealth.Attempts attempts,
            List<ConnectorHealth.CodeFailures> failures,
            ConnectorHealth.@Nullable Unlisted unlisted,
            ConnectorHealth.Queue queue) {}

    /** Failures with one code in one 5-minute window; see {@link WindowCount}. */
    public record FailureWindow(
            String tenant,
            String connector,
            String code,
            Instant start,
            Instant end,
            long attempts,
            long messages,
            long recipients) {}

    /** Attempts that succeeded in one 5-minute window. */
    public record DeliveryWindow(String tenant, String connector, Instant start, Instant end, long delivered) {}
}
