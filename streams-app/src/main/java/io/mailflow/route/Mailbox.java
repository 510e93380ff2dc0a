package io.mailflow.route;

import io.github.resilience4j.core.IntervalFunction;
import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Labels;
import io.mailflow.schema.Incident.Page;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Alertmanager: what it has to be told now, and what it made of it. What it does not take is told again later; as
 * labels identify an alert there, it takes the same thing twice for once. Not thread-safe.
 */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** From 1 s to 30 s, doubling, a third more or less by chance, so that instances do not call in step. */
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(1), 2.0, 0.3, Duration.ofSeconds(30));

    private final URI address;
    private final RouteSettings settings;
    private final AlertmanagerClient client;
    private final RouteMeter meter;
    private final Map<String, Sent> sent = new HashMap<>();
    private int failures;
    private Instant notBefore = Instant.MIN;
    private String lastFailure = "";

    Mailbox(URI address, RouteSettings settings, RouteMeter meter) {
        this.address = address;
        this.settings = settings;
        this.client = new AlertmanagerClient(address, settings);
        this.meter = meter;
    }

    /**
     * What was sent, and the answer to it.
     *
     * @param letters in one call
     * @param answer what became of it; never fails
     */
    record Call(List<Letter> letters, CompletableFuture<Answer> answer) {}

    /**
     * What an Alertmanager knows now.
     *
     * @param incident id of the incident
     * @param page to be remembered with it
     */
    record Told(String incident, Page page) {}

    /** What was sent last about an incident: the labels that fire, or null, and when. */
    private record Sent(@Nullable Labels firing, Instant at) {}

    /** Begins to tell what has to be told now, without waiting for the answer. */
    Call send(List<Incident> unsettled, NewestAlerts alerts, Instant now) {
        List<Letter> letters = new ArrayList<>();
        if (!now.isBefore(notBefore)) {
            for (Incident incident : unsettled) {
                Plan plan = Plan.of(incident, toldLast(incident), settings);
                if (isDue(incident, plan, now)) {
                    Alert worst = alerts.worst(incident);
                    letters.add(Letter.write(incident, plan, worst, alerts.texts(worst), settings, now));
                }
            }
        }
        return new Call(
                letters, letters.isEmpty() ? CompletableFuture.completedFuture(new Answer.Accepted()) : post(letters));
    }

    /** Waits for the answer; what comes back is more than what was remembered before. */
    List<Told> settle(Call call, Instant now) {
        Answer answer = call.answer().join();
        if (answer instanceof Answer.Refused refused
                && refused.blamesTheContent()
                && call.letters().size() > 1) {
            return settleOneByOne(call.letters(), now);
        }
        if (answer instanceof Answer.Accepted) {
            return accepted(call.letters(), now);
        }
        failed(call.letters(), answer, now);
        return List.of();
    }

    /** One of them is to blame, and the others must not wait for it; nor for one that does not answer any more. */
    private List<Told> settleOneByOne(List<Letter> letters, Instant now) {
        List<Told> told = new ArrayList<>();
        for (Letter letter : letters) {
            if (now.isBefore(notBefore)) {
                break;
            }
            told.addAll(settle(new Call(List.of(letter), post(List.of(letter))), now));
        }
        return told;
    }

    private CompletableFuture<Answer> post(List<Letter> letters) {
        return client.post(
                letters.stream().flatMap(letter -> letter.alerts().stream()).toList());
    }

    /** News waits for nothing; the same thing again waits for its time. */
    private boolean isDue(Incident incident, Plan plan, Instant now) {
        Sent last = sent.get(incident.id());
        return plan.kind() != Plan.Kind.NOTHING
                && (last == null
                        || !Objects.equals(last.firing(), plan.firing())
                        || !now.isBefore(last.at().plus(settings.resendEvery())));
    }

    private List<Told> accepted(List<Letter> letters, Instant now) {
        if (letters.isEmpty()) {
            return List.of();
        }
        if (failures > 0) {
            LOG.info("{} accepts alerts again", address);
        }
        failures = 0;
        lastFailure = "";
        letters.forEach(letter -> remember(letter, now));
        meter.accepted.addAndGet(
                letters.stream().mapToLong(letter -> letter.alerts().size()).sum());
        return letters.stream()
                .filter(letter -> letter.plan().kind() == Plan.Kind.NEWS)
                .map(letter -> new Told(letter.incident().id(), letter.plan().told(address.toString(), now)))
                .toList();
    }

    private void failed(List<Letter> letters, Answer answer, Instant now) {
        String reason;
        if (answer instanceof Answer.Refused refused) {
            reason = "refuses alerts: " + refused.reason();
            meter.refused.incrementAndGet();
            if (refused.blamesTheContent()) {
                // Not before its time, and not in the way of others.
                letters.forEach(letter ->
                        sent.put(letter.incident().id(), new Sent(letter.plan().firing(), now)));
                LOG.error(
                        "{} {} (incident {})",
                        address,
                        reason,
                        letters.get(0).incident().id());
                return;
            }
        } else {
            reason = "takes no alerts: " + ((Answer.Unreachable) answer).reason();
            meter.unreachable.incrementAndGet();
        }
        failures++;
        notBefore = now.plusMillis(BACKOFF.apply(failures));
        if (!reason.equals(lastFailure)) {
            LOG.error("{} {}; sent again until it does. Incidents that wait: {}", address, reason, letters.size());
            lastFailure = reason;
        }
    }

    private void remember(Letter letter, Instant now) {
        String incident = letter.incident().id();
        if (letter.plan().firing() == null) {
            sent.remove(incident);
        } else {
            sent.put(incident, new Sent(letter.plan().firing(), now));
        }
    }

    private @Nullable Page toldLast(Incident incident) {
        return incident.pages().stream()
                .filter(page -> page.alertmanager().equals(address.toString()))
                .findFirst()
                .orElse(null);
    }
}
