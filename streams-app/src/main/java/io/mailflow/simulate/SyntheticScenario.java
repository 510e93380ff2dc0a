package io.mailflow.simulate;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One organisation, twenty connectors, a fault of some kind on each of them now and then, and as much mail as asked. */
final class SyntheticScenario {

    private static final int CONNECTORS = 20;

    /** Rows per 48 hours that a peak of one message an hour on every connector comes to; measured. */
    private static final double ROWS_PER_UNIT = 3_650;

    private static final List<Fault> FAULTS = List.of(
            Fault.REFUSED,
            Fault.CERTIFICATE_EXPIRED,
            Fault.DNS_NO_RECORDS,
            Fault.TIMED_OUT,
            Fault.SERVICE_NOT_AVAILABLE,
            Fault.CLOSED_ABRUPTLY,
            Fault.CERTIFICATE_REJECTED,
            Fault.SERVER_REFUSED,
            Fault.SUBJECT_MISMATCH,
            Fault.SERVER_LOGON_FAILED);

    private SyntheticScenario() {}

    /** The scenario that comes to about this many rows in two days. */
    static Scenario of(long rows, long seed) {
        SimulatedTenant tenant = new SimulatedTenant(
                "contoso.example",
                Platform.EXCHANGE_SERVER,
                "MBX01.corp.contoso.example",
                "192.0.2.10",
                "MBX01\\Default MBX01",
                "Contoso Messaging");
        double peak = Math.max(0.01, rows / ROWS_PER_UNIT);
        List<Route> routes = new ArrayList<>();
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < CONNECTORS; i++) {
            Route route = route(tenant, i, peak);
            routes.add(route);
            Fault fault = FAULTS.get(i % FAULTS.size());
            if (i % 5 == 4) {
                incidents.add(Incident.partial(route, fault, Duration.ofHours(i), Duration.ofHours(16), 0.5));
            } else {
                incidents.add(Incident.outage(
                        route, fault, Duration.ofHours(i + 2L), Duration.ofHours(i == 0 ? 30 : 6 + i % 8)));
            }
        }
        return new Scenario(seed, routes, incidents);
    }

    private static Route route(SimulatedTenant tenant, int number, double peak) {
        String name = String.format(Locale.ROOT, "Connector %02d", number + 1);
        boolean internet = number % 4 == 3;
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < (internet ? 8 : 1); i++) {
            String domain = "site" + i + ".route" + (number + 1) + ".example";
            sites.add(new Site(domain, "mx." + domain, "198.51.100." + (number * 8 + i + 1), 1));
        }
        ConnectorEntry entry = new ConnectorEntry(
                tenant.name(),
                name,
                Direction.OUTBOUND,
                internet ? ConnectorType.INTERNET : ConnectorType.SMART_HOST,
                number % 2 == 0 ? Relation.ON_PREMISES : Relation.PARTNER,
                internet ? List.of() : List.of(sites.get(0).host()),
                internet ? List.of() : List.of(sites.get(0).domain()),
                Duration.ofDays(1),
                tenant.owner(),
                Map.of());
        return new Route(tenant, entry, sites, peak);
    }
}
