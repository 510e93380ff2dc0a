package io.mailflow.readmodel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of the connectors, the most urgent first.
 *
 * @param asOf event time up to which every connector is complete, null before the first
 * @param summary over everything the filter lets through
 * @param tenants every tenant there is
 * @param next cursor of the next page, null on the last
 */
public record Overview(
        @Nullable Instant asOf,
        Summary summary,
        List<String> tenants,
        List<ConnectorLine> items,
        @Nullable String next) {

    /** Sums over connectors. */
    public record Summary(
            long connectors,
            Map<ConnectorState, Long> byState,
            long openAlerts,
            long queuedRecipients,
            @Nullable Instant nextDeadline) {}
}
