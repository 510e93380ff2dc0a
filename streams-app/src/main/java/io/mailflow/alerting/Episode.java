package io.mailflow.alerting;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One continuous problem on one (tenant, connector, code): the memory of an alert between evaluations.
 *
 * @param id hash of the key and the opening minute
 * @param sequence of the newest publication; the first is 1
 * @param tenant the organisation
 * @param connector the connector's name
 * @param code the code, or {@code none}
 * @param state open or resolved
 * @param severity maximum since it opened
 * @param reasons why it is open, in the order of {@link Reason}; never empty
 * @param since its first failure
 * @param openedAt the evaluation that opened it
 * @param publishedAt the evaluation that published it last
 * @param repeats publications since the last one that said something new
 * @param cause the first cause published last, or null if the evidence never named one
 * @param owner who must act, as published last
 * @param lastHeld the newest evaluation at which each reason held, for every reason it ever had
 * @param lastFailure newest failure of the code, or null if none was seen, as where a queue has no attempts
 * @param quietSince the evaluation since which no reason held and nothing was queued, or null while it is not quiet
 * @param provisional true while only the wall clock's passing in silence supports it
 * @param resolvedAt the evaluation that resolved it, null while open
 * @param resolution how it ended, null while open
 */
public record Episode(
        String id,
        int sequence,
        String tenant,
        String connector,
        String code,
        AlertState state,
        Severity severity,
        List<Reason> reasons,
        Instant since,
        Instant openedAt,
        Instant publishedAt,
        int repeats,
        @Nullable String cause,
        Owner owner,
        SortedMap<Reason, Instant> lastHeld,
        @Nullable Instant lastFailure,
        @Nullable Instant quietSince,
        boolean provisional,
        @Nullable Instant resolvedAt,
        @Nullable Resolution resolution) {

    public Episode {
        reasons = reasons.stream().sorted().toList();
        lastHeld = Collections.unmodifiableSortedMap(new TreeMap<>(lastHeld));
        if (reasons.isEmpty() || !lastHeld.keySet().containsAll(reasons)) {
            throw new IllegalArgumentException("Episode " + id + " on " + connector + " " + code + ": reasons "
                    + reasons + " must be some, and each with the time it last held, not " + lastHeld);
        }
        if ((state == AlertState.RESOLVED) != (resolvedAt != null && resolution != null)) {
            throw new IllegalArgumentException("Episode " + id + " on " + connector + " " + code + ": " + state
                    + " does not go with resolution " + resolution + " at " + resolvedAt);
        }
    }

    /** A new episode. */
    static Episode open(ConnectorView view, String code, Severity severity, List<Reason> reasons, FirstCause first) {
        TreeMap<Reason, Instant> lastHeld = new TreeMap<>();
        reasons.forEach(reason -> lastHeld.put(reason, view.at()));
        CodeActivity activity = view.activity().get(code);
        return new Episode(
                EpisodeId.of(view.tenant(), view.connector(), code, view.at()),
                1,
                view.tenant(),
                view.connector(),
                code,
                AlertState.OPEN,
                severity,
                reasons,
                firstFailure(view, code),
                view.at(),
                view.at(),
                0,
                first.cause(),
                first.owner(),
                lastHeld,
                activity == null ? null : activity.lastFailure(),
                null,
                false,
                null,
                null);
    }

    /** Where neither a failure nor a queue is known, as when a recipient expires unseen, it begins now. */
    private static Instant firstFailure(ConnectorView view, String code) {
        Instant first = view.at();
        CodeActivity activity = view.activity().get(code);
        if (activity != null && activity.firstFailure().isBefore(first)) {
            first = activity.firstFailure();
        }
        Instant oldestQueued = view.queue(code).oldestSince();
        return oldestQueued != null && oldestQueued.isBefore(first) ? oldestQueued : first;
    }

    /** With what one more evaluation saw. */
    Episode seen(ConnectorView view, List<Reason> holding) {
        TreeMap<Reason, Instant> held = new TreeMap<>(lastHeld);
        holding.forEach(reason -> held.put(reason, view.at()));
        boolean quiet = holding.isEmpty() && view.queue(code).recipients() == 0;
        Instant quietFrom = !quiet ? null : quietSince == null ? view.at() : quietSince;
        CodeActivity activity = view.activity().get(code);
        return new Episode(
                id,
                sequence,
                tenant,
                connector,
                code,
                state,
                severity,
                reasons,
                since,
                openedAt,
                publishedAt,
                repeats,
                cause,
                owner,
                held,
                activity == null ? lastFailure : activity.lastFailure(),
                quietFrom,
                provisional,
                resolvedAt,
                resolution);
    }

    /** Published with something new to say. */
    Episode changed(Instant at, Severity newSeverity, List<Reason> newReasons, FirstCause first) {
        return published(at, newSeverity, newReasons, first, 0, state, null, null);
    }

    /** Published again with nothing new to say. */
    Episode repeated(Instant at) {
        return published(at, severity, reasons, firstCause(), repeats + 1, state, null, null);
    }

    /** Published for the last time. */
    Episode resolved(Instant at, Resolution how) {
        return published(at, severity, reasons, firstCause(), 0, AlertState.RESOLVED, at, how);
    }

    /** Why it fails and who must act, as published last. */
    FirstCause firstCause() {
        return new FirstCause(cause, owner);
    }

    private Episode published(
            Instant at,
            Severity newSeverity,
            List<Reason> newReasons,
            FirstCause first,
            int newRepeats,
            AlertState newState,
            @Nullable Instant newResolvedAt,
            @Nullable Resolution newResolution) {
        return new Episode(
                id,
                sequence + 1,
                tenant,
                connector,
                code,
                newState,
                newSeverity,
                newReasons,
                since,
                openedAt,
                at,
                newRepeats,
                first.cause(),
                first.owner(),
                lastHeld,
                lastFailure,
                quietSince,
                provisional,
                newResolvedAt,
                newResolution);
    }
}
