package io.mailflow.readmodel;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.Map;

/**
 * Sums over everything, for metrics.
 *
 * @param delivered successful attempts since counting began
 * @param failedByCode failed attempts since counting began, most first
 * @param queued queued recipients now
 * @param expired recipients given up since counting began
 * @param alerts alerts by state and severity
 * @param publications publications of alerts by publication, why and reason: {@code opened threshold-reached
 *     connector-down}
 */
public record Totals(
        long delivered,
        List<Tally> failedByCode,
        long queued,
        long expired,
        Map<AlertState, Map<Severity, Long>> alerts,
        List<Tally> publications) {}
