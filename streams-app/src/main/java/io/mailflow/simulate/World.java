package io.mailflow.simulate;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The simulated servers: they receive mail, attempt to hand it on, defer, retry, deliver and give up, and log each step.
 * Endless, in time order; the same scenario and start give the same rows, however they are asked for.
 *
 * <p>Not for use by several threads.
 */
final class World implements Iterator<TraceRow> {

    /** Minutes from one attempt to the next; the last goes on until the lifetime ends, about 15 attempts a day. */
    private static final int[] RETRY_MINUTES = {15, 30, 45, 60, 90, 120};

    /** The longest a server takes after the end of a lifetime to notice it. */
    private static final Duration EXPIRY_CHECK = Duration.ofMinutes(13);

    /** The last attempt comes this long before the server gives up, or a little earlier. */
    private static final Duration LAST_ATTEMPT = Duration.ofMinutes(5);

    /** Once the other side is back, the queue empties within this time. */
    private static final Duration FLUSH = Duration.ofMinutes(12);

    private static final double GREYLISTED_SHARE = 0.02;
    private static final double UNKNOWN_USER_SHARE = 0.008;
    private static final double REFUSED_INBOUND_SHARE = 0.01;
    private static final double SHADOW_MOVED_SHARE = 0.01;

    /** The longest last-error text Exchange Online shows for one recipient; the rest is cut off. */
    private static final int LONGEST_DETAIL = 400;

    private record Planned(Instant at, long order, Runnable step) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** A route at work: what befalls it, and its deferred deliveries, longest queued first. */
    record Lane(Route route, List<Incident> incidents, Set<Delivery> queue) {}

    private final Scenario scenario;
    private final Instant start;
    private final Random random;
    private final Correspondence correspondence;
    private final PriorityQueue<Planned> plan = new PriorityQueue<>();
    private final Queue<TraceRow> logged = new ArrayDeque<>();
    private Instant now;
    private long order;

    World(Scenario scenario, Instant start) {
        this.scenario = scenario;
        this.start = start.truncatedTo(ChronoUnit.MILLIS);
        this.random = new Random(scenario.seed());
        this.correspondence = new Correspondence(random);
        this.now = this.start;
        for (Route route : scenario.routes()) {
            Lane lane = new Lane(route, scenario.incidentsOn(route), new LinkedHashSet<>());
            planArrival(lane);
            for (Incident incident : lane.incidents()) {
                planRecovery(lane, incident, this.start.plus(incident.begin()).plus(incident.length()));
            }
        }
    }

    /** Always true: the world does not end. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public TraceRow next() {
        peek();
        return logged.remove();
    }

    /** The next row, without taking it. */
    TraceRow peek() {
        while (logged.isEmpty()) {
            Planned next = plan.remove();
            now = next.at();
            next.step().run();
        }
        return logged.element();
    }

    private void planAt(Instant at, Runnable step) {
        plan.add(new Planned(at, order++, step));
    }

    // Arrivals are a Poisson process at the peak rate, thinned to the rate of the hour.
    private void planArrival(Lane lane) {
        double hours = -StrictMath.log(1 - random.nextDouble()) / lane.route().peakMessagesPerHour();
        planAt(now.plusMillis(1 + (long) (hours * 3_600_000)), () -> {
            planArrival(lane);
            if (random.nextDouble() < scenario.activity(Duration.between(start, now))) {
                receive(lane);
            }
        });
    }

    private void planRecovery(Lane lane, Incident incident, Instant end) {
        planAt(end, () -> {
            Duration period = incident.period();
            if (period != null) {
                planRecovery(lane, incident, end.plus(period));
            }
            for (Delivery delivery : new ArrayList<>(lane.queue())) {
                Instant due = delivery.due;
                Instant flushed = now.plusMillis(1_000 + millisBelow(FLUSH));
                if (delivery.fault == incident.fault()
                        && incident.hits(delivery.site.domain())
                        && due != null
                        && flushed.isBefore(due)) {
                    planAttempt(delivery, flushed);
                }
            }
        });
    }

    private void receive(Lane lane) {
        Route route = lane.route();
        SimulatedTenant tenant = route.tenant();
        Map<Site, List<String>> recipients = correspondence.recipients(route);
        List<String> all = recipients.values().stream().flatMap(List::stream).toList();
        Mail mail = correspondence.mail(tenant, now, all.size());
        log(TraceRow.noise(now, tenant, "RECEIVE", "SMTP", mail, all, List.of()));
        if (tenant.platform() == Platform.EXCHANGE_SERVER) {
            planNoise(5 + random.nextInt(40), tenant, "HARECEIVE", "SMTP", mail, all, List.of());
        }
        planNoise(50 + random.nextInt(200), tenant, "AGENTINFO", "AGENT", mail, all, List.of());
        recipients.forEach((site, addresses) ->
                planAttempt(new Delivery(lane, mail, site, addresses), now.plusMillis(300 + random.nextInt(2_500))));
        if (tenant.platform() == Platform.EXCHANGE_SERVER && random.nextDouble() < REFUSED_INBOUND_SHARE) {
            refuseInbound(tenant);
        }
    }

    // Somebody outside is turned away at a receive connector: a FAIL row that no outbound connector has part in.
    private void refuseInbound(SimulatedTenant tenant) {
        Mail mail = correspondence.mail(tenant, now, 1);
        List<String> recipient = List.of(correspondence.addressAt(tenant.name()));
        List<String> status =
                List.of("[{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup};"
                        + "{MSG=};{FQDN=};{IP=};{LRT=}]");
        planNoise(700 + random.nextInt(900), tenant, "FAIL", "SMTP", mail, recipient, status);
    }

    private void planAttempt(Delivery delivery, Instant at) {
        int current = ++delivery.plan;
        delivery.due = at;
        planAt(at, () -> {
            if (delivery.plan == current) {
                attempt(delivery);
            }
        });
    }

    private void attempt(Delivery delivery) {
        Instant expires = delivery.expires;
        if (expires != null && !now.isBefore(expires)) {
            giveUp(delivery);
            return;
        }
        Fault fault = drawFault(delivery);
        if (fault == null) {
            deliver(delivery);
        } else {
            defer(delivery, fault);
        }
    }

    private @Nullable Fault drawFault(Delivery delivery) {
        Duration sinceStart = Duration.between(start, now);
        for (Incident incident : delivery.lane.incidents()) {
            if (incident.hits(delivery.site.domain())
                    && incident.activeAt(sinceStart)
                    && (incident.share() >= 1 || random.nextDouble() < incident.share())) {
                return incident.fault();
            }
        }
        boolean greylisted =
                delivery.route().internetFacing() && delivery.failures == 0 && random.nextDouble() < GREYLISTED_SHARE;
        return greylisted ? Fault.GREYLISTED : null;
    }

    private void defer(Delivery delivery, Fault fault) {
        Instant expires = delivery.expires;
        if (expires == null) {
            expires = delivery.mail
                    .received()
                    .plus(delivery.route().lifetime())
                    .plusMillis(60_000 + millisBelow(EXPIRY_CHECK));
            delivery.expires = expires;
        }
        delivery.fault = fault;
        delivery.lane.queue().add(delivery);
        Instant next = nextAttempt(delivery, expires);
        delivery.failures++;

        SimulatedTenant tenant = delivery.route().tenant();
        String status = fault.container(delivery.site, tenant.server(), now, random.nextLong());
        if (tenant.platform() == Platform.EXCHANGE_ONLINE
                && delivery.recipients.size() == 1
                && status.length() > LONGEST_DETAIL) {
            status = status.substring(0, LONGEST_DETAIL);
        }
        log(new TraceRow(
                now,
                tenant,
                EventClass.DEFER,
                "DEFER",
                "SMTP",
                delivery.mail,
                delivery.recipients,
                Collections.nCopies(delivery.recipients.size(), status),
                delivery.route(),
                delivery.site,
                fault.answered(),
                null,
                next));
        planAttempt(delivery, next);
    }

    private Instant nextAttempt(Delivery delivery, Instant expires) {
        int minutes = RETRY_MINUTES[Math.min(delivery.failures, RETRY_MINUTES.length - 1)];
        Instant next = now.plusMillis((long) (minutes * 60_000 * (0.9 + 0.2 * random.nextDouble())));
        Instant last = expires.minus(LAST_ATTEMPT).minusMillis(millisBelow(Duration.ofMinutes(5)));
        if (next.isBefore(last)) {
            return next;
        }
        // One more attempt shortly before the end, and then the end.
        return now.isBefore(expires.minus(LAST_ATTEMPT.multipliedBy(3))) ? last : expires;
    }

    private void deliver(Delivery delivery) {
        SimulatedTenant tenant = delivery.route().tenant();
        delivery.lane.queue().remove(delivery);
        List<String> taken = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String recipient : delivery.recipients) {
            (random.nextDouble() < UNKNOWN_USER_SHARE ? unknown : taken).add(recipient);
        }
        if (!unknown.isEmpty()) {
            String status = "[{LED=550 5.1.1 User unknown; no such mailbox here};{MSG=};{FQDN=" + delivery.site.host()
                    + "};{IP=" + delivery.site.ip() + "};{LRT=}]";
            log(attemptRow(delivery, EventClass.FAIL, "FAIL", unknown, status));
        }
        if (!taken.isEmpty()) {
            boolean external = tenant.platform() == Platform.EXCHANGE_ONLINE
                    || delivery.route().internetFacing();
            log(attemptRow(
                    delivery, EventClass.SEND, external ? "SENDEXTERNAL" : "SEND", taken, "250 2.1.5 Recipient OK"));
        }
        discardShadow(delivery);
    }

    private TraceRow attemptRow(
            Delivery delivery, EventClass event, String eventId, List<String> recipients, String status) {
        return new TraceRow(
                now,
                delivery.route().tenant(),
                event,
                eventId,
                "SMTP",
                delivery.mail,
                recipients,
                Collections.nCopies(recipients.size(), status),
                delivery.route(),
                delivery.site,
                true,
                null,
                null);
    }

    private void giveUp(Delivery delivery) {
        SimulatedTenant tenant = delivery.route().tenant();
        delivery.lane.queue().remove(delivery);
        Fault fault = delivery.fault == null ? Fault.TIMED_OUT : delivery.fault;
        log(new TraceRow(
                now,
                tenant,
                EventClass.FAIL,
                "FAIL",
                "QUEUE",
                delivery.mail,
                delivery.recipients,
                Collections.nCopies(delivery.recipients.size(), fault.expiry(tenant.platform())),
                null,
                null,
                false,
                null,
                null));
        discardShadow(delivery);
    }

    private void discardShadow(Delivery delivery) {
        SimulatedTenant tenant = delivery.route().tenant();
        if (tenant.platform() == Platform.EXCHANGE_SERVER) {
            if (random.nextDouble() < SHADOW_MOVED_SHARE) {
                log(TraceRow.noise(now, tenant, "HAREDIRECT", "SMTP", delivery.mail, delivery.recipients, List.of())
                        .because("MBX02=421 4.2.1 Unable to connect -> SocketTimedout: Socket error code 10060"));
            }
            planNoise(
                    4_000 + random.nextInt(20_000),
                    tenant,
                    "HADISCARD",
                    "SMTP",
                    delivery.mail,
                    delivery.recipients,
                    List.of());
        }
    }

    private void planNoise(
            int afterMillis,
            SimulatedTenant tenant,
            String eventId,
            String source,
            Mail mail,
            List<String> recipients,
            List<String> statuses) {
        planAt(
                now.plusMillis(afterMillis),
                () -> log(TraceRow.noise(now, tenant, eventId, source, mail, recipients, statuses)));
    }

    private void log(TraceRow row) {
        logged.add(row);
    }

    private long millisBelow(Duration limit) {
        return (long) (random.nextDouble() * limit.toMillis());
    }
}
