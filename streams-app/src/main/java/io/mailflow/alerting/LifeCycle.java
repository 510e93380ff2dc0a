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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one episode opens, goes on and ends (docs/adr/0006). The windows that reasons look at are the pending time; that
 * reasons which end or come again, and causes that take turns, are no news of their own is the hysteresis.
 */
final class LifeCycle {

    /** Above this the time between repeats does not grow. */
    static final Duration LONGEST_REPEAT = Duration.ofHours(24);

    private static final long WINDOW_SECONDS = 300;

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
        MissingHour missing = view.missing();
        Instant since = holding.equals(List.of(Reason.CONNECTOR_SILENT)) && missing != null
                ? missing.start()
                : view.firstFailure(code);
        Episode episode = Episode.open(view, code, severity, holding, since, first);
        return new Decision.Open(episode, Why.THRESHOLD_REACHED, grounds(episode));
    }

    /** Goes on with an open episode. */
    Decision goOn(Episode before, FirstCause evidence) {
        Episode episode = before.seen(view.at(), seenReasons(before));
        if (takenBack(episode)) {
            return resolve(episode, Resolution.DISPROVED, Why.TAKEN_BACK);
        }
        Why hold = reasonToHold(episode);
        if (hold != null) {
            boolean anotherReason = !before.lastHeld().keySet().containsAll(holding);
            return stayOpen(episode, anotherReason, evidence, hold);
        }
        if (attemptsDelivered(episode)) {
            return resolve(episode, Resolution.RECOVERED, Why.DELIVERED_AND_QUIET);
        }
        boolean silent = episode.reasons().contains(Reason.CONNECTOR_SILENT) && !attemptedSince(episode);
        return resolve(episode, Resolution.GAVE_UP, silent ? Why.SILENCE_BECAME_USUAL : Why.QUIET_WITHOUT_DELIVERY);
    }

    /** Nothing is published during maintenance, so a reason that then comes for the first time is still to be told. */
    private List<Reason> seenReasons(Episode before) {
        if (view.maintenanceUntil() == null) {
            return holding;
        }
        Set<Reason> told = before.lastHeld().keySet();
        return holding.stream().filter(told::contains).toList();
    }

    private Decision stayOpen(Episode episode, boolean anotherReason, FirstCause evidence, Why hold) {
        if (view.maintenanceUntil() != null) {
            return new Decision.Hold(episode, Why.MAINTENANCE);
        }
        Severity severity = findings.stream()
                .map(Finding::severity)
                .reduce(episode.severity(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        // Evidence fades while an alert is open; a cause once named stands until another one is.
        FirstCause first = evidence.cause() == null && episode.cause() != null ? episode.firstCause() : evidence;

        Episode changed = episode.changed(view.at(), severity, reasons(episode), first);
        if (severity != episode.severity()) {
            return new Decision.Escalate(changed, Why.SEVERITY_ROSE, grounds(changed));
        }
        if (anotherReason) {
            return new Decision.Change(changed, Why.REASONS_CHANGED, grounds(changed));
        }
        boolean mayChangeItsMind = episode.cause() == null || reached(episode.publishedAt(), quietTime());
        if (mayChangeItsMind && !Objects.equals(first.cause(), episode.cause())) {
            return new Decision.Change(changed, Why.CAUSE_CHANGED, grounds(changed));
        }
        if (mayChangeItsMind && first.owner() != episode.owner()) {
            return new Decision.Change(changed, Why.OWNER_CHANGED, grounds(changed));
        }
        if (reached(episode.publishedAt(), untilRepeat(episode))) {
            Episode repeated = episode.repeated(view.at(), reasons(episode));
            return new Decision.Repeat(repeated, Why.UNCHANGED_FOR_LONG, grounds(repeated));
        }
        return new Decision.Hold(episode, hold);
    }

    private Decision resolve(Episode episode, Resolution how, Why why) {
        Episode resolved = episode.resolved(view.at(), how);
        return new Decision.Resolve(resolved, why, grounds(resolved));
    }

    /**
     * All failures of the run in which it opened are taken back, and nothing else remains. An episode that never saw
     * one stood on a queue or on expiries alone; those end without being taken back.
     */
    private boolean takenBack(Episode episode) {
        CodeActivity activity = view.activity().get(code);
        CodeQueue queue = view.queue(code);
        return activity != null
                && !activity.lastCounted().isBefore(episode.since())
                && holding.isEmpty()
                && queue.recipients() == 0
                && queue.expiredLastHour() == 0
                && activity.takenBackSince()
                        .filter(first -> !first.isAfter(episode.openedAt()))
                        .isPresent();
    }

    /** What keeps the episode open, or null if nothing does. */
    private @Nullable Why reasonToHold(Episode episode) {
        if (!holding.isEmpty()) {
            return Why.REASON_HOLDS;
        }
        if (view.queue(code).recipients() != 0) {
            return Why.STILL_QUEUED;
        }
        Instant drained = view.drained().get(code);
        boolean quiet = (drained == null || reached(drained, quietTime()))
                && view.lastFailure(code)
                        .map(last -> reached(last, quietTime()))
                        .orElse(true);
        if (!quiet) {
            return Why.QUIET_TIME_RUNS;
        }
        // Without attempts a dead connector looks like a healthy one without mail.
        if (episode.reasons().contains(Reason.CONNECTOR_DOWN) && !upAgain(episode)) {
            return Why.AWAITS_DELIVERY;
        }
        return episode.reasons().contains(Reason.CONNECTOR_SILENT) ? silence(episode) : null;
    }

    private @Nullable Why silence(Episode episode) {
        if (!attemptedSince(episode)) {
            return withoutAttempts(MissingHour.MEMORY) ? null : Why.AWAITS_ATTEMPT;
        }
        return reached(episode.lastHeld(Reason.CONNECTOR_SILENT), quietTime()) ? null : Why.QUIET_TIME_RUNS;
    }

    /** Where it held there was no attempt for an hour or more, so a later one than that is new. */
    private boolean attemptedSince(Episode episode) {
        Instant newest = episode.lastHeld(Reason.CONNECTOR_SILENT).minus(HourWindow.SIZE);
        return view.lastAttempt().filter(attempt -> !attempt.isBefore(newest)).isPresent();
    }

    private boolean attemptsDelivered(Episode episode) {
        Instant delivered = view.lastDelivered();
        return delivered != null && delivered.isAfter(view.lastFailure(code).orElse(episode.since()));
    }

    private boolean withoutAttempts(Duration time) {
        return view.lastAttempt().map(last -> reached(last, time)).orElse(true);
    }

    /**
     * A delivery in the window that was under way when {@code connector-down} last held, or later. Attempts that become
     * rare, as retries do, are no sign that one would get through.
     */
    private boolean upAgain(Episode episode) {
        Instant lastHeld = episode.lastHeld(Reason.CONNECTOR_DOWN);
        long windowUnderWay = Math.floorDiv(lastHeld.getEpochSecond(), WINDOW_SECONDS) * WINDOW_SECONDS;
        Instant delivered = view.lastDelivered();
        return (delivered != null && !delivered.isBefore(Instant.ofEpochSecond(windowUnderWay)))
                || withoutAttempts(view.thresholds().gaveUpAfter());
    }

    /** What a publication says: what holds now, or, about to resolve, what was said before. */
    private List<Reason> reasons(Episode episode) {
        if (holding.isEmpty()) {
            return episode.reasons();
        }
        boolean maybeDown = episode.reasons().contains(Reason.CONNECTOR_DOWN) && !upAgain(episode);
        Stream<Reason> staying = maybeDown ? Stream.of(Reason.CONNECTOR_DOWN) : Stream.empty();
        return Stream.concat(staying, holding.stream()).distinct().sorted().toList();
    }

    private Duration quietTime() {
        return view.thresholds().resolveAfter();
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

    /** What an episode stands on now. */
    Grounds grounds(Episode episode) {
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
        long minutes = Duration.between(episode.lastHeld(reason), view.at()).toMinutes();
        return new Measure(
                reason, "minutes since it last held", minutes, quietTime().toMinutes());
    }
}
