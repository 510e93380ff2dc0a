package io.mailflow.simulate;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The world of the demo: three organisations, twelve connectors, two days of trouble and more of it while one looks. */
final class DemoScenario {

    /** How much of the scenario is history when the demo starts. */
    static final Duration HISTORY = Duration.ofDays(2);

    private static final SimulatedTenant CONTOSO = new SimulatedTenant(
            "contoso.example",
            Platform.EXCHANGE_SERVER,
            "MBX01.corp.contoso.example",
            "192.0.2.10",
            "MBX01\\Default MBX01",
            "Contoso Messaging");
    private static final SimulatedTenant FABRIKAM = new SimulatedTenant(
            "fabrikam.example",
            Platform.EXCHANGE_ONLINE,
            "DB5PEPF00014B8C.eurprd02.prod.cloud.example",
            "192.0.2.75",
            "DB5PEPF00014B8C\\Default DB5PEPF00014B8C",
            "Fabrikam Workplace IT");
    private static final SimulatedTenant WOODGROVE = new SimulatedTenant(
            "woodgrove.example",
            Platform.EXCHANGE_ONLINE,
            "AM4PEPF00025F97.eurprd83.prod.cloud.example",
            "192.0.2.140",
            "AM4PEPF00025F97\\Default AM4PEPF00025F97",
            "Woodgrove Mail Operations");

    // contoso.example keeps its own Exchange servers, and lets them retry for one day instead of two.
    private static final Route CLOUD = smartHost(
            CONTOSO,
            "Outbound to Office 365",
            Relation.ON_PREMISES,
            "cloud.contoso.example",
            "mx.cloud.contoso.example",
            "203.0.113.8",
            42);
    private static final Route LITWARE = smartHost(
            CONTOSO,
            "Partner - Litware",
            Relation.PARTNER,
            "litware.example",
            "mail.litware.example",
            "198.51.100.24",
            70);
    private static final Route FAX = smartHost(
            CONTOSO,
            "Scan and Fax Gateway",
            Relation.ON_PREMISES,
            "fax.contoso.example",
            "fax01.contoso.example",
            "192.0.2.25",
            8);
    private static final Route CONTOSO_INTERNET = internet(CONTOSO, "To Internet", null, 35, "long-gone.example");

    private static final Route BERLIN = smartHost(
            FABRIKAM,
            "To on-premises Berlin",
            Relation.ON_PREMISES,
            "berlin.fabrikam.example",
            "mail.berlin.fabrikam.example",
            "198.51.100.40",
            65);
    private static final Route CHICAGO = smartHost(
            FABRIKAM,
            "To on-premises Chicago",
            Relation.ON_PREMISES,
            "chicago.fabrikam.example",
            "mail.chicago.fabrikam.example",
            "198.51.100.56",
            7);
    private static final Route NORTHWIND = smartHost(
            FABRIKAM,
            "Northwind Traders",
            Relation.PARTNER,
            "northwind.example",
            "inbound.northwind.example",
            "203.0.113.17",
            58);
    private static final Route FABRIKAM_INTERNET = internet(FABRIKAM, "Internet mail", null, 40, "closed-shop.example");

    private static final Route HYBRID = smartHost(
            WOODGROVE,
            "Hybrid Exchange (Prague)",
            Relation.ON_PREMISES,
            "prague.woodgrove.example",
            "hybrid.woodgrove.example",
            "203.0.113.66",
            55);
    private static final Route ARCHIVE = smartHost(
            WOODGROVE,
            "Archive Journal",
            Relation.ON_PREMISES,
            "archive.woodgrove.example",
            "journal.woodgrove.example",
            "203.0.113.90",
            65);
    private static final Route PROSEWARE = smartHost(
            WOODGROVE,
            "Proseware, Inc. (TLS)",
            Relation.PARTNER,
            "proseware.example",
            "tls.proseware.example",
            "198.51.100.130",
            50);
    private static final Route WOODGROVE_INTERNET =
            internet(WOODGROVE, "Partner MX", Relation.PARTNER, 30, "moved-away.example");

    private DemoScenario() {}

    /** The scenario with this seed. */
    static Scenario of(long seed) {
        return new Scenario(
                seed,
                List.of(
                        CLOUD,
                        LITWARE,
                        FAX,
                        CONTOSO_INTERNET,
                        BERLIN,
                        CHICAGO,
                        NORTHWIND,
                        FABRIKAM_INTERNET,
                        HYBRID,
                        ARCHIVE,
                        PROSEWARE,
                        WOODGROVE_INTERNET),
                incidents());
    }

    private static List<Incident> incidents() {
        return List.of(
                // The first day. Chicago's servers were retired, by design: nobody told the connector.
                Incident.outage(BERLIN, Fault.REFUSED, minutes(70), minutes(105)),
                Incident.outage(HYBRID, Fault.CERTIFICATE_EXPIRED, hours(3.5), hours(2.5)),
                Incident.outage(CLOUD, Fault.SERVER_REFUSED, hours(5), hours(1.5)),
                Incident.outage(CHICAGO, Fault.REFUSED, hours(6), Duration.ofDays(3650)),
                Incident.partial(NORTHWIND, Fault.SERVICE_NOT_AVAILABLE, hours(8), hours(3), 0.55),
                Incident.outage(ARCHIVE, Fault.TIMED_OUT, hours(10), hours(3)),
                // The second day.
                Incident.outage(ARCHIVE, Fault.DNS_NO_RECORDS, hours(22), hours(6)),
                Incident.partial(HYBRID, Fault.CLOSED_ABRUPTLY, hours(24), hours(3), 0.5),
                Incident.outage(PROSEWARE, Fault.CERTIFICATE_REJECTED, hours(26), hours(2.5)),
                Incident.outage(BERLIN, Fault.SUBJECT_MISMATCH, hours(29), hours(2)),
                Incident.outage(NORTHWIND, Fault.UNTRUSTED_ROOT, hours(32), hours(2)),
                Incident.outage(CLOUD, Fault.SERVER_LOGON_FAILED, hours(30), hours(2)),
                // Going on when the history ends, and what comes while one looks.
                Incident.outage(LITWARE, Fault.SERVER_TIMED_OUT, HISTORY.minusMinutes(15), minutes(55)),
                Incident.outage(BERLIN, Fault.TIMED_OUT, HISTORY.plusMinutes(4), minutes(40))
                        .every(hours(4)),
                Incident.outage(NORTHWIND, Fault.SERVICE_NOT_AVAILABLE, HISTORY.plusMinutes(100), minutes(45))
                        .every(hours(5)),
                // Dead remote domains on internet-facing connectors are the remote's problem and page nobody.
                Incident.deadDomain(CONTOSO_INTERNET, Fault.SERVER_DOMAIN_GONE, "long-gone.example"),
                Incident.deadDomain(FABRIKAM_INTERNET, Fault.DNS_DOMAIN_GONE, "closed-shop.example"),
                Incident.deadDomain(WOODGROVE_INTERNET, Fault.TIMED_OUT, "moved-away.example"));
    }

    private static Route smartHost(
            SimulatedTenant tenant,
            String name,
            Relation relation,
            String domain,
            String host,
            String ip,
            double peakMessagesPerHour) {
        return new Route(
                tenant,
                new ConnectorEntry(
                        tenant.name(),
                        name,
                        Direction.OUTBOUND,
                        ConnectorType.SMART_HOST,
                        relation,
                        List.of(host),
                        List.of(domain),
                        lifetime(tenant),
                        tenant.owner(),
                        Map.of()),
                List.of(new Site(domain, host, ip, 1)),
                peakMessagesPerHour);
    }

    private static Route internet(
            SimulatedTenant tenant,
            String name,
            @Nullable Relation relation,
            double peakMessagesPerHour,
            String deadDomain) {
        return new Route(
                tenant,
                new ConnectorEntry(
                        tenant.name(),
                        name,
                        Direction.OUTBOUND,
                        ConnectorType.INTERNET,
                        relation,
                        List.of(),
                        List.of(),
                        lifetime(tenant),
                        tenant.owner(),
                        Map.of()),
                List.of(
                        new Site("adatum.example", "mx1.adatum.example", "198.51.100.201", 4),
                        new Site("tailspin.example", "mx.tailspin.example", "198.51.100.202", 3),
                        new Site("wingtip.example", "mail.wingtip.example", "203.0.113.203", 2),
                        new Site("lucerne.example", "mx-in.lucerne.example", "203.0.113.204", 2),
                        new Site("blueyonder.example", "smtp.blueyonder.example", "203.0.113.205", 1),
                        new Site(deadDomain, "mx." + deadDomain, "203.0.113.250", 0.06)),
                peakMessagesPerHour);
    }

    private static @Nullable Duration lifetime(SimulatedTenant tenant) {
        return tenant.platform() == Platform.EXCHANGE_SERVER ? Duration.ofDays(1) : null;
    }

    private static Duration hours(double hours) {
        return Duration.ofMinutes(Math.round(hours * 60));
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }
}
