package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connector with all that is known of it.
 *
 * @param health everything counted, null where nothing was heard of it
 * @param registration its entry in the registry, or null
 * @param alerts its open alerts, the gravest first
 */
public record ConnectorDetail(
        @Nullable Instant asOf,
        ConnectorLine connector,
        @Nullable ConnectorHealth health,
        @Nullable ConnectorEntry registration,
        List<Alert> alerts) {}
