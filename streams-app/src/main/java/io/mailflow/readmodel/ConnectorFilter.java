package io.mailflow.readmodel;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which connectors; null and empty let all through.
 *
 * @param tenant of this tenant
 * @param states in one of these states
 * @param code with failures of this code
 * @param text with this in tenant or name, whatever its case
 */
public record ConnectorFilter(
        @Nullable String tenant,
        Set<ConnectorState> states,
        @Nullable String code,
        @Nullable String text) {

    /** Every connector. */
    public static final ConnectorFilter ALL = new ConnectorFilter(null, Set.of(), null, null);

    Where where() {
        return new Where()
                .andIf(tenant, "tenant = ?")
                .andAnyOf("state", states.stream().map(Words::of).toList())
                .andIf(
                        code,
                        "EXISTS (SELECT 1 FROM failure f WHERE f.code = ? AND f.tenant = connector.tenant"
                                + " AND f.connector = connector.connector)")
                .andIf(text == null ? null : text.toLowerCase(Locale.ROOT), "instr(folded, ?) > 0");
    }
}
