package io.mailflow.properties;

import io.mailflow.config.AlertSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.TimeSettings;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tenants, connectors and settings of the generated inputs. */
final class World {

    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    /** Short lifetimes, so that a case of a day holds many expiries. */
    static final TimeSettings TIME = new TimeSettings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(48),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(10));

    /** Low thresholds, so that a handful of messages opens, escalates and resolves alerts. */
    static final AlertSettings ALERTS = new AlertSettings(
            4,
            2,
            3,
            2,
            0.25,
            8,
            Duration.ofHours(1),
            3,
            8,
            3,
            Duration.ofHours(4),
            Duration.ofHours(2),
            Duration.ofHours(1),
            3,
            20,
            Duration.ofHours(1),
            Duration.ofHours(8),
            Duration.ofHours(3),
            Duration.ofMinutes(30));

    static final MailflowConfig CONFIG = MailflowConfig.DEFAULT.withTime(TIME).withAlerts(ALERTS);

    /**
     * A way for mail.
     *
     * @param other where its mail goes when it fails
     * @param lifetime of its messages, as the registry or the platform says
     */
    record Route(String tenant, String connector, String other, Platform platform, Duration lifetime, String domain) {}

    private static final Duration SHORT = Duration.ofHours(4);

    static final List<Route> ROUTES = List.of(
            online("to-onprem", "to-partner", "onprem.example"),
            online("to-partner", "unregistered", "partner.example"),
            online("unregistered", "to-onprem", "elsewhere.example"),
            server("edge-a", "edge-b"),
            server("edge-b", "edge-a"),
            relay("relay-1", "relay-2"),
            relay("relay-2", "relay-1"));

    static final List<ConnectorEntry> REGISTRY = List.of(
            entry("contoso", "to-onprem", ConnectorType.SMART_HOST, "hub.onprem.example", null, null),
            entry("contoso", "to-partner", ConnectorType.INTERNET, null, "partner.example", null),
            entry("fabrikam", "edge-a", ConnectorType.SMART_HOST, "edge-a.example", null, null),
            entry("fabrikam", "edge-b", ConnectorType.INTERNET, null, null, null),
            inbound("fabrikam", "from-internet"),
            entry("litware", "relay-1", ConnectorType.SMART_HOST, "relay-1.example", null, SHORT),
            entry("litware", "relay-2", ConnectorType.INTERNET, null, null, SHORT));

    private World() {}

    private static Route online(String connector, String other, String domain) {
        return new Route("contoso", connector, other, Platform.EXCHANGE_ONLINE, TIME.lifetimeOnline(), domain);
    }

    private static Route server(String connector, String other) {
        return new Route(
                "fabrikam", connector, other, Platform.EXCHANGE_SERVER, TIME.lifetimeServer(), "customer.example");
    }

    private static Route relay(String connector, String other) {
        return new Route("litware", connector, other, Platform.EXCHANGE_ONLINE, SHORT, "supplier.example");
    }

    private static ConnectorEntry entry(
            String tenant, String name, ConnectorType type, String smartHost, String domain, Duration lifetime) {
        return new ConnectorEntry(
                tenant,
                name,
                Direction.OUTBOUND,
                type,
                null,
                smartHost == null ? List.of() : List.of(smartHost),
                domain == null ? List.of() : List.of(domain),
                lifetime,
                null,
                Map.of());
    }

    private static ConnectorEntry inbound(String tenant, String name) {
        return new ConnectorEntry(
                tenant,
                name,
                Direction.INBOUND,
                ConnectorType.UNKNOWN,
                null,
                List.of(),
                List.of(),
                null,
                null,
                Map.of());
    }
}
