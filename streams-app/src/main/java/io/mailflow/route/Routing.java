package io.mailflow.route;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.RouteSettings;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance's turn at routing: begins with what is kept, ends when another takes over or something fails. */
final class Routing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);

    private final IncidentTopic topic;
    private final AlertFeed feed;
    private final Incidents incidents;
    private final NewestAlerts newest;
    private final List<Mailbox> mailboxes;
    private final RouteMeter meter;
    private boolean caughtUp;

    /**
     * Takes over from whoever routed before.
     *
     * @param client connection settings
     * @param group whose positions to go on from; also the transactional id
     */
    Routing(Map<String, Object> client, String group, RouteSettings settings, Catalogue catalogue, RouteMeter meter) {
        this.meter = meter;
        this.newest = new NewestAlerts(catalogue);
        this.mailboxes = settings.alertmanagers().stream()
                .map(address -> new Mailbox(address, settings, meter))
                .toList();
        topic = new IncidentTopic(client, group, meter);
        try {
            incidents = topic.restore();
            readNewestAlerts(client);
            feed = new AlertFeed(client, group, meter);
        } catch (RuntimeException e) {
            topic.close();
            throw e;
        }
    }

    private void readNewestAlerts(Map<String, Object> client) {
        try (OutputReader reader = new OutputReader(client, List.of(Topics.ALERT_STATE), false)) {
            reader.readToEnd(message -> AlertFeed.decode(message, meter)
                    .filter(alert -> incidents.isUnsettled(alert.id()))
                    .ifPresent(newest::put));
        }
    }

    /** Reads what has arrived, keeps what it changes, tells who has to be told. */
    void step(ConsumerGroupMetadata member, Instant now) {
        List<Alert> alerts = feed.poll();
        if (!alerts.isEmpty()) {
            topic.keep(fold(alerts), feed.positions(), member);
            newest.retain(incidents::isUnsettled);
        }
        caughtUp = caughtUp || feed.hasCaughtUp();
        meter.openIncidents.set(incidents.open());
        if (caughtUp) {
            tell(now);
        }
    }

    /** Of an incident that changes more than once, what it is in the end. */
    private List<Incident> fold(List<Alert> alerts) {
        Map<String, Incident> changed = new LinkedHashMap<>();
        for (Alert alert : alerts) {
            incidents.fold(alert).ifPresent(incident -> {
                changed.put(incident.id(), incident);
                newest.put(alert);
                warnIfNobodyWasTold(incident);
            });
        }
        return List.copyOf(changed.values());
    }

    private void warnIfNobodyWasTold(Incident incident) {
        boolean wasToBePaged = incident.episodes().stream().anyMatch(member -> member.paged() != null);
        if (caughtUp
                && !mailboxes.isEmpty()
                && incident.state() == AlertState.RESOLVED
                && wasToBePaged
                && incident.pages().isEmpty()) {
            meter.untold.incrementAndGet();
            LOG.warn(
                    "Incident {} of {} is over before any Alertmanager could be told",
                    incident.id(),
                    incident.tenant());
        }
    }

    private void tell(Instant now) {
        List<Incident> unsettled = incidents.unsettled();
        // All are asked before any answer is awaited: one that hangs does not hold up the others.
        List<Mailbox.Call> calls = mailboxes.stream()
                .map(mailbox -> mailbox.send(unsettled, newest, now))
                .toList();
        Map<String, Incident> changed = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            for (Mailbox.Told told : mailboxes.get(i).settle(calls.get(i), now)) {
                incidents.get(told.incident()).ifPresent(incident -> {
                    Incident paged = IncidentFold.paged(incident, told.page());
                    incidents.put(paged);
                    changed.put(paged.id(), paged);
                });
            }
        }
        if (!changed.isEmpty()) {
            topic.keep(new ArrayList<>(changed.values()));
        }
    }

    @Override
    public void close() {
        feed.close();
        topic.close();
    }
}
