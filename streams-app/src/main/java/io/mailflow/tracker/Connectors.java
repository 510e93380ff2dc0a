package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.MessageTraceEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the connector of an event: what the row names, then the recipient's own attempts, then the registry by
 * destination host and by recipient domain, then {@code unknown}.
 */
final class Connectors {

    private final Registry registry;

    Connectors(Registry registry) {
        this.registry = registry;
    }

    /** A connector and what told it. */
    record Resolved(ConnectorKey connector, ConnectorSource source) {}

    Resolved resolve(MessageTraceEvent event, RecipientKey key, Reply reply, @Nullable RecipientMemory memory) {
        String tenant = event.tenant();
        if (event.connector() != null) {
            ConnectorSource source = event.connectorSource() == null ? ConnectorSource.ROW : event.connectorSource();
            return new Resolved(new ConnectorKey(tenant, event.connector()), source);
        }
        if (memory != null && memory.namedConnector() != null) {
            boolean earlier = memory.namedMs() <= event.timestamp().toEpochMilli();
            return new Resolved(
                    new ConnectorKey(tenant, memory.namedConnector()),
                    earlier ? ConnectorSource.EARLIER_ATTEMPT : ConnectorSource.LATER_ATTEMPT);
        }
        Optional<String> byHost = byHost(tenant, event.destination())
                .or(() -> byHost(tenant, reply.destination().orElse(null)));
        if (byHost.isPresent()) {
            return new Resolved(new ConnectorKey(tenant, byHost.get()), ConnectorSource.SMART_HOST);
        }
        return registry.byRecipientDomain(tenant, key.domain())
                .map(name -> new Resolved(new ConnectorKey(tenant, name), ConnectorSource.RECIPIENT_DOMAIN))
                .orElseGet(() -> new Resolved(new ConnectorKey(tenant, ConnectorKey.UNKNOWN), ConnectorSource.UNKNOWN));
    }

    private Optional<String> byHost(String tenant, @Nullable Destination destination) {
        return destination == null
                ? Optional.empty()
                : registry.bySmartHost(tenant, destination.host())
                        .or(() -> registry.bySmartHost(tenant, destination.ip()));
    }
}
