package io.mailflow.cli;

import io.mailflow.schema.Alert;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an alert beside its record, for terminal and report alike.
 *
 * @param queueNow the queue of its connector at a later instant than that of the alert, with that instant, in words;
 *     null where nothing newer is known
 * @param owner who is responsible for its connector by the registry, null where nobody said
 */
record Beside(@Nullable String queueNow, @Nullable String owner) {

    /** Nothing but the record is known. */
    static final Beside NOTHING = new Beside(null, null);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What an analysis and the registry it was made with know at the analysis' end. */
    static Beside of(Alert alert, Analysis analysis, List<ConnectorEntry> registry, AlertText text) {
        // An alert tells what was true when it was published; between publications its queue moves on.
        boolean current = alert.changedAt().isAfter(analysis.asOf().minus(MINUTE));
        return new Beside(current ? null : queue(alert, analysis, text), owner(alert, registry));
    }

    private static String queue(Alert alert, Analysis analysis, AlertText text) {
        ConnectorHealth.@Nullable Queue queue = analysis.connectors().stream()
                .filter(connector -> connector.tenant().equals(alert.tenant())
                        && connector.connector().equals(alert.connector()))
                .map(Analysis.Connector::queue)
                .findFirst()
                .orElse(null);
        return queue == null
                ? text.connectorQueue(0, List.of(), null, analysis.asOf())
                : text.connectorQueue(queue.recipients(), queue.expiring(), queue.nextDeadline(), analysis.asOf());
    }

    private static @Nullable String owner(Alert alert, List<ConnectorEntry> registry) {
        return registry.stream()
                .filter(entry ->
                        entry.tenant().equals(alert.tenant()) && entry.name().equals(alert.connector()))
                .map(ConnectorEntry::owner)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
