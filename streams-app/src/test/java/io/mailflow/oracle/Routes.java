package io.mailflow.oracle;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Direction;
import io.mailflow.schema.MessageTraceEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The registry, and which connector an event belongs to. */
record Routes(List<ConnectorEntry> registry) {

    static final String UNKNOWN = "unknown";

    Optional<ConnectorEntry> entry(String tenant, String name) {
        return registry.stream()
                .filter(entry -> entry.tenant().equals(tenant) && entry.name().equals(name))
                .findFirst();
    }

    boolean isInbound(MessageTraceEvent event) {
        return event.connector() != null
                && entry(event.tenant(), event.connector())
                        .filter(entry -> entry.direction() == Direction.INBOUND)
                        .isPresent();
    }

    /**
     * The row's own connector, else that of the latest earlier attempt that names one, else of the earliest later one,
     * else what the registry tells.
     */
    String connectorOf(Row row, Collection<Row> known) {
        if (row.event().connector() != null) {
            return row.event().connector();
        }
        List<Row> named = known.stream()
                .filter(Row::isNamedAttempt)
                .sorted(Comparator.comparingLong(Row::atMs))
                .toList();
        Optional<Row> earlier =
                named.stream().filter(other -> other.atMs() <= row.atMs()).reduce((first, second) -> second);
        return earlier.or(() -> named.stream().findFirst())
                .map(other -> other.event().connector())
                .orElseGet(() -> registered(row.event()));
    }

    private String registered(MessageTraceEvent event) {
        if (event.destination() != null) {
            for (ConnectorEntry entry : outbound(event.tenant())) {
                if (entry.smartHosts().contains(event.destination().host())
                        || entry.smartHosts().contains(event.destination().ip())) {
                    return entry.name();
                }
            }
        }
        String domain = Row.Recipient.of(event).address().replaceFirst(".*@", "");
        return outbound(event.tenant()).stream()
                .filter(entry -> entry.recipientDomains().contains(domain))
                .map(ConnectorEntry::name)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private List<ConnectorEntry> outbound(String tenant) {
        return registry.stream()
                .filter(entry -> entry.tenant().equals(tenant) && entry.direction() == Direction.OUTBOUND)
                .toList();
    }
}
