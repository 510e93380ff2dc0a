package io.mailflow.simulate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault on a route for a time.
 *
 * @param tenant the route's tenant
 * @param connector the route's connector
 * @param fault what the attempts run into
 * @param begin when it begins, since the start of the scenario
 * @param length how long it lasts
 * @param share the share of attempts that fail, above 0 and up to 1
 * @param domain the only recipient domain that is hit, or null for all
 * @param period the time from one beginning to the next, or null where it happens once
 */
public record Incident(
        String tenant,
        String connector,
        Fault fault,
        Duration begin,
        Duration length,
        double share,
        @Nullable String domain,
        @Nullable Duration period) {

    public Incident {
        if (share <= 0 || share > 1) {
            throw new IllegalArgumentException("share of failing attempts is " + share + ", expected above 0 up to 1");
        }
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("an incident lasts " + length + ", expected more than nothing");
        }
        if (period != null && period.compareTo(length) <= 0) {
            throw new IllegalArgumentException("an incident of " + length + " cannot repeat every " + period);
        }
    }

    /** Every attempt on the route fails from {@code begin} for {@code length}. */
    static Incident outage(Route route, Fault fault, Duration begin, Duration length) {
        return new Incident(route.tenant().name(), route.name(), fault, begin, length, 1, null, null);
    }

    /** A share of the attempts on the route fails from {@code begin} for {@code length}. */
    static Incident partial(Route route, Fault fault, Duration begin, Duration length, double share) {
        return new Incident(route.tenant().name(), route.name(), fault, begin, length, share, null, null);
    }

    /** Every attempt to one recipient domain fails, as long as anybody will simulate. */
    static Incident deadDomain(Route route, Fault fault, String domain) {
        return new Incident(
                route.tenant().name(), route.name(), fault, Duration.ZERO, Duration.ofDays(3650), 1, domain, null);
    }

    /** This incident, once more after every period. */
    Incident every(Duration time) {
        return new Incident(tenant, connector, fault, begin, length, share, domain, time);
    }

    /** Whether the incident goes on at this time since the start of the scenario. */
    boolean activeAt(Duration sinceStart) {
        Duration sinceBegin = sinceStart.minus(begin);
        if (sinceBegin.isNegative()) {
            return false;
        }
        Duration within = period == null ? sinceBegin : Duration.ofMillis(sinceBegin.toMillis() % period.toMillis());
        return within.compareTo(length) < 0;
    }

    /** Whether mail to this domain is hit. */
    boolean hits(String recipientDomain) {
        return domain == null || domain.equals(recipientDomain);
    }
}
