package io.mailflow.readmodel;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that share a connector or a failing destination at the same time.
 *
 * @param title what its gravest alert says, an open one if there is one
 * @param alerts ids of its alerts, in the order they joined
 */
public record IncidentLine(
        String id,
        String tenant,
        AlertState state,
        Severity severity,
        String title,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        List<String> connectors,
        List<String> codes,
        List<String> destinations,
        List<String> alerts) {}
