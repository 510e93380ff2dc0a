package io.mailflow.simulate;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import java.time.Duration;
import java.util.List;

/**
 * An outbound connector and the traffic that goes through it.
 *
 * @param tenant whose connector it is
 * @param entry its registry entry
 * @param sites where its mail goes, at least one
 * @param peakMessagesPerHour new messages per hour at the busiest time of the day
 */
public record Route(SimulatedTenant tenant, ConnectorEntry entry, List<Site> sites, double peakMessagesPerHour) {

    /** How long a message is retried where the registry does not say. */
    static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

    public Route {
        sites = List.copyOf(sites);
        if (sites.isEmpty()) {
            throw new IllegalArgumentException("route " + entry.name() + " leads nowhere: give it a site");
        }
    }

    /** The connector's name. */
    public String name() {
        return entry.name();
    }

    /** How long the sender's server retries a message on this route. */
    public Duration lifetime() {
        Duration lifetime = entry.lifetime();
        return lifetime == null ? DEFAULT_LIFETIME : lifetime;
    }

    /** Whether the route looks up the MX of each recipient's domain. */
    public boolean internetFacing() {
        return entry.type() == ConnectorType.INTERNET;
    }
}
