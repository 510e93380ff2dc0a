package io.mailflow.readmodel;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts; null and empty let all through.
 *
 * @param from only what was open at or after this instant
 * @param to only what opened before this instant
 */
public record AlertFilter(
        @Nullable String tenant,
        @Nullable String connector,
        @Nullable String code,
        Set<Severity> severities,
        @Nullable AlertState state,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Alerts that are open now. */
    public static final AlertFilter NOW = new AlertFilter(null, null, null, Set.of(), AlertState.OPEN, null, null);

    Where where() {
        return new Where()
                .andIf(tenant, "tenant = ?")
                .andIf(connector, "connector = ?")
                .andIf(code, "code = ?")
                .andAnyOf("severity", severities.stream().map(Words::of).toList())
                .andIf(state == null ? null : Words.of(state), "state = ?")
                .andIf(from, "(resolved_at IS NULL OR resolved_at >= ?)")
                .andIf(to, "opened_at < ?");
    }
}
