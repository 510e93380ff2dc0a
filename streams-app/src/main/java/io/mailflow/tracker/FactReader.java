package io.mailflow.tracker;

import io.mailflow.config.TimeSettings;
import io.mailflow.reply.Reply;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Direction;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads events as facts: DESIGN's table of rows, as far as the row itself and the registry tell. */
final class FactReader {

    private final Registry registry;
    private final TimeSettings time;
    private final Map<ConnectorKey, Optional<ConnectorEntry>> entries = new HashMap<>();

    FactReader(Registry registry, TimeSettings time) {
        this.registry = registry;
        this.time = time;
    }

    /** Entries are looked up anew from here on: the registry may have changed. */
    void refresh() {
        entries.clear();
    }

    /** A connector and what told it. */
    private record Told(String connector, ConnectorSource source) {}

    /**
     * What the event says of its recipient.
     *
     * @param counted whether it came in time
     * @return empty if it says nothing, whatever is remembered of the recipient
     */
    Optional<Fact> read(MessageTraceEvent event, RecipientKey key, Reply reply, boolean counted) {
        boolean inbound = event.event() == EventClass.FAIL
                && event.connector() != null
                && entry(event, event.connector())
                        .filter(entry -> entry.direction() == Direction.INBOUND)
                        .isPresent();
        Fact.Kind kind = kind(event, reply, inbound);
        if (kind == null) {
            return Optional.empty();
        }
        boolean named = event.connector() != null && !(inbound && kind == Fact.Kind.EXPIRED);
        Told told = named ? named(event) : registered(event, key, reply);
        boolean hasName = kind == Fact.Kind.CLOSED || kind == Fact.Kind.FINAL;
        String name = hasName && event.eventName() != null ? event.eventName().toLowerCase(Locale.ROOT) : "";
        return Optional.of(new Fact(
                event.timestamp().toEpochMilli(),
                kind,
                reply.code(),
                name,
                reply.cause().orElse(null),
                told.connector(),
                told.source(),
                lifetimeMs(event, told.connector()),
                counted));
    }

    /** The first row of the table that matches decides; null for a row that says nothing. */
    private static Fact.@Nullable Kind kind(MessageTraceEvent event, Reply reply, boolean inbound) {
        return switch (event.event()) {
            case OTHER -> null;
            case SEND -> Fact.Kind.SENT;
            case DEFER -> reply.isPositive() || isFrom(event, "STOREDRIVER") ? null : Fact.Kind.DEFERRED;
            case FAIL -> {
                if (reply.isExpiry()) {
                    yield Fact.Kind.EXPIRED;
                }
                if (reply.isPositive() || inbound) {
                    yield null;
                }
                boolean smtp = event.source() == null || isFrom(event, "SMTP");
                yield smtp && !reply.code().equals(Reply.NONE) ? Fact.Kind.FAILED : Fact.Kind.DROPPED;
            }
            // What left the queue has left it, whatever the code.
            case CLOSE -> Fact.Kind.CLOSED;
            case PENDING -> Fact.Kind.PENDING;
            case FINAL -> Fact.Kind.FINAL;
        };
    }

    private static boolean isFrom(MessageTraceEvent event, String source) {
        return source.equalsIgnoreCase(event.source());
    }

    private static Told named(MessageTraceEvent event) {
        boolean custom = event.connectorSource() == ConnectorSource.CUSTOM_DATA;
        return new Told(String.valueOf(event.connector()), custom ? ConnectorSource.CUSTOM_DATA : ConnectorSource.ROW);
    }

    /** By destination host, then by recipient domain. */
    private Told registered(MessageTraceEvent event, RecipientKey key, Reply reply) {
        String tenant = event.tenant();
        return byHost(tenant, event.destination())
                .or(() -> byHost(tenant, reply.destination().orElse(null)))
                .map(name -> new Told(name, ConnectorSource.SMART_HOST))
                .or(() -> registry.byRecipientDomain(tenant, key.domain())
                        .map(name -> new Told(name, ConnectorSource.RECIPIENT_DOMAIN)))
                .orElseGet(() -> new Told(ConnectorSource.UNKNOWN_CONNECTOR, ConnectorSource.UNKNOWN));
    }

    private Optional<String> byHost(String tenant, @Nullable Destination destination) {
        return destination == null
                ? Optional.empty()
                : registry.bySmartHost(tenant, destination.host())
                        .or(() -> registry.bySmartHost(tenant, destination.ip()));
    }

    private long lifetimeMs(MessageTraceEvent event, String connector) {
        Optional<Duration> registered = entry(event, connector).map(ConnectorEntry::lifetime);
        Duration usual = event.platform() == Platform.EXCHANGE_SERVER ? time.lifetimeServer() : time.lifetimeOnline();
        return registered.orElse(usual).toMillis();
    }

    private Optional<ConnectorEntry> entry(MessageTraceEvent event, String connector) {
        return entries.computeIfAbsent(new ConnectorKey(event.tenant(), connector), registry::entry);
    }
}
