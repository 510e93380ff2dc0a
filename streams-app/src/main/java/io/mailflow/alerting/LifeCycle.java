package io.mailflow.alerting;

import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one episode opens, goes on and ends. */
final class LifeCycle {

    /** How long a reason must not have held before it goes: a number that hovers at its threshold is no news. */
    static final Duration REASON_SETTLES = Duration.ofMinutes(15);

    /** Above this the time between repeats does not grow. */
    static final Duration LONGEST_REPEAT = Duration.ofHours(24);

    /** How far back the windows of {@code connector-down} reach at most without a delivery. */
    private static final Duration DOWN_WINDOWS = Duration.ofMinutes(15);

    private final ConnectorView view;
    private final String code;
    private final List<Finding> findings;
    private final List<Reason> holding;

    /** One evaluation of one code; findings are those of the code. */
    LifeCycle(ConnectorView view, String code, List<Finding> findings) {
        this.view = view;
        this.code = code;
        this.findings = findings;
        this.holding =
                findings.stream().map(Finding::reason).distinct().sorted().toList();
    }

    /** Opens an episode; there must be a finding. */
    Decision open(FirstCause first) {
        Severity severity =
                Collections.max(findings.stream().map(Finding::severity).toList());
        Episode episode = Episode.open(view, code, severity, holding, first);
        return new Decision.Open(episode, Why.THRESHOLD_REACHED, grounds(episode));
    }

    /** Goes on with an open episode. */
    Decision goOn(Episode before, FirstCause evidence) {
        Episode episode = before.seen(view, holding);
        if (takenBack(episode)) {
            return resolve(episode, Resolution.DISPROVED, Why.TAKEN_BACK);
        }
        Why hold = reasonToHold(episode);
        if (hold == null) {
            return deliveredSinceFailure(episode)
                    ? resolve(episode, Resolution.RECOVERED, Why.DELIVERED_AND_QUIET)
                    : resolve(episode, Resolution.GAVE_UP, Why.QUIET_WITHOUT_DELIVERY);
        }
        return stayOpen(episode, evidence, hold);
    }

    private Decision stayOpen(Episode episode, FirstCause evidence, Why hold) {
        Severity severity = findings.stream()
                .map(Finding::severity)
                .reduce(episode.severity(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        List<Reason> reasons = reasons(episode);
        // Evidence fades while an alert is open; a cause once named stands until another one is.
        FirstCause first = evidence.cause() == null && episode.cause() != null ? episode.firstCause() : evidence;

        Episode changed = episode.changed(view.at(), severity, reasons, first);
        if (severity != episode.severity()) {
            return new Decision.Escalate(changed, Why.SEVERITY_ROSE, grounds(changed));
        }
        if (!reasons.equals(episode.reasons())) {
            return new Decision.Change(changed, Why.REASONS_CHANGED, grounds(changed));
        }
        if (!Objects.equals(first.cause(), episode.cause())) {
            return new Decision.Change(changed, Why.CAUSE_CHANGED, grounds(changed));
        }
        if (first.owner() != episode.owner()) {
            return new Decision.Change(changed, Why.OWNER_CHANGED, grounds(changed));
        }
        if (reached(episode.publishedAt(), untilRepeat(episode))) {
            Episode repeated = episode.repeated(view.at());
            return new Decision.Repeat(repeated, Why.UNCHANGED_FOR_LONG, grounds(repeated));
        }
        return new Decision.Hold(episode, hold);
    }

    private Decision resolve(Episode episode, Resolution how, Why why) {
        Episode resolved = episode.resolved(view.at(), how);
        return new Decision.Resolve(resolved, why, grounds(resolved));
    }

    /**
     * Failures that were seen are nowhere any more. An episode that never saw one stood on a queue or on expiries
     * alone; those end without being taken back.
     */
    private boolean takenBack(Episode episode) {
        CodeQueue queue = view.queue(code);
        return episode.lastFailure() != null
                && holding.isEmpty()
                && !view.activity().containsKey(code)
                && queue.recipients() == 0
                && queue.expiredLastHour() == 0;
    }

    /** What keeps the episode open, or null if nothing does. */
    private @Nullable Why reasonToHold(Episode episode) {
        if (!holding.isEmpty()) {
            return Why.REASON_HOLDS;
        }
        Instant quietSince = episode.quietSince();
        if (quietSince == null) {
            return Why.STILL_QUEUED;
        }
        Duration quietTime = view.thresholds().resolveAfter();
        Instant lastFailure = episode.lastFailure();
        if (!reached(quietSince, quietTime) || (lastFailure != null && !reached(lastFailure, quietTime))) {
            return Why.QUIET_TIME_RUNS;
        }
        // Without attempts a dead connector looks like a healthy one without mail.
        boolean mayBeDown = episode.reasons().contains(Reason.CONNECTOR_DOWN) && !deliveredSinceFailure(episode);
        return mayBeDown && !withoutAttempts() ? Why.AWAITS_DELIVERY : null;
    }

    private boolean deliveredSinceFailure(Episode episode) {
        Instant delivered = view.lastDelivered();
        Instant trouble = episode.lastFailure() == null ? episode.quietSince() : episode.lastFailure();
        return delivered != null && trouble != null && delivered.isAfter(trouble);
    }

    private boolean withoutAttempts() {
        Optional<Instant> lastAttempt = view.lastAttempt();
        return lastAttempt.isEmpty()
                || reached(lastAttempt.get(), view.thresholds().gaveUpAfter());
    }

    /**
     * Reasons come at once. They go when they have not held for a while, but only while another one holds: once none
     * does, the alert is about to resolve and keeps saying why it was open.
     */
    private List<Reason> reasons(Episode episode) {
        if (holding.isEmpty()) {
            return episode.reasons();
        }
        Stream<Reason> staying = episode.reasons().stream().filter(reason -> !gone(episode, reason));
        return Stream.concat(staying, holding.stream()).distinct().sorted().toList();
    }

    private boolean gone(Episode episode, Reason reason) {
        Instant lastHeld = lastHeld(episode, reason);
        if (!reached(lastHeld, REASON_SETTLES)) {
            return false;
        }
        if (reason != Reason.CONNECTOR_DOWN) {
            return true;
        }
        // Attempts that become rare, as retries do, are no sign that one would get through.
        Instant delivered = view.lastDelivered();
        return (delivered != null && !delivered.isBefore(lastHeld.minus(DOWN_WINDOWS))) || withoutAttempts();
    }

    private Duration untilRepeat(Episode episode) {
        Duration first = view.thresholds().repeatAfter();
        Duration longest = first.compareTo(LONGEST_REPEAT) > 0 ? first : LONGEST_REPEAT;
        Duration wait = first;
        for (int i = 0; i < episode.repeats() && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private boolean reached(Instant from, Duration time) {
        return !view.at().isBefore(from.plus(time));
    }

    private Grounds grounds(Episode episode) {
        Traffic traffic = findings.stream()
                .min((a, b) -> a.reason().compareTo(b.reason()))
                .map(Finding::traffic)
                .orElse(view.lastHour());
        List<Measure> measures = episode.reasons().stream()
                .flatMap(reason -> holding.contains(reason) ? measures(reason) : Stream.of(quiet(episode, reason)))
                .toList();
        return new Grounds(traffic, measures);
    }

    private Stream<Measure> measures(Reason reason) {
        return findings.stream()
                .filter(finding -> finding.reason() == reason)
                .flatMap(finding -> finding.measures().stream());
    }

    private Measure quiet(Episode episode, Reason reason) {
        long minutes = Duration.between(lastHeld(episode, reason), view.at()).toMinutes();
        return new Measure(
                reason,
                "minutes since it last held",
                minutes,
                view.thresholds().resolveAfter().toMinutes());
    }

    /** Every reason of an episode has one. */
    private static Instant lastHeld(Episode episode, Reason reason) {
        return Objects.requireNonNull(episode.lastHeld().get(reason));
    }
}
