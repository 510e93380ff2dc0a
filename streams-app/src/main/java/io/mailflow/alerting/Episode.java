package io.mailflow.alerting;

import io.mailflow.schema.AlertState;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
 * @param severity maximum since it opened, as published last
 * @param reasons why it is open, as published last, in the order of {@link Reason}; never empty
 * @param since its first failure
 * @param openedAt the evaluation that opened it
 * @param publishedAt the evaluation that published it last
 * @param repeats publications since the last one that said something new
 * @param cause the first cause published last, or null if the evidence never named one
 * @param owner who must act, as published last
 * @param lastHeld the newest evaluation at which each reason held, for every reason it ever had
 * @param paged whether a publication of it was pageable; outside every guarantee
 * @param resolution how it ended, null while open
 */
public record Episode(
        String id,
        int sequence,
        String tenant,
        String connector,
        String code,
        Severity severity,
        List<Reason> reasons,
        Instant since,
        Instant openedAt,
        Instant publishedAt,
        int repeats,
        @Nullable String cause,
        Owner owner,
        SortedMap<Reason, Instant> lastHeld,
        boolean paged,
        @Nullable Resolution resolution) {

    public Episode {
        reasons = reasons.stream().sorted().toList();
        lastHeld = Collections.unmodifiableSortedMap(new TreeMap<>(lastHeld));
        if (reasons.isEmpty() || !lastHeld.keySet().containsAll(reasons)) {
            throw new IllegalArgumentException("Episode " + id + " on " + connector + " " + code + ": reasons "
                    + reasons + " must be some, and each with the time it last held, not " + lastHeld);
        }
    }

    /** A new episode. */
    static Episode open(
            ConnectorView view, String code, Severity severity, List<Reason> reasons, Instant since, FirstCause first) {
        TreeMap<Reason, Instant> lastHeld = new TreeMap<>();
        reasons.forEach(reason -> lastHeld.put(reason, view.at()));
        return new Episode(
                EpisodeId.of(view.tenant(), view.connector(), code, view.at()),
                1,
                view.tenant(),
                view.connector(),
                code,
                severity,
                reasons,
                since,
                view.at(),
                view.at(),
                0,
                first.cause(),
                first.owner(),
                lastHeld,
                false,
                null);
    }

    /** Open or resolved. */
    public AlertState state() {
        return resolution == null ? AlertState.OPEN : AlertState.RESOLVED;
    }

    /** The evaluation that resolved it, null while open. */
    public @Nullable Instant resolvedAt() {
        return resolution == null ? null : publishedAt;
    }

    /** Why it fails and who must act, as published last. */
    FirstCause firstCause() {
        return new FirstCause(cause, owner);
    }

    /** The newest evaluation at which a reason of it held. */
    Instant lastHeld(Reason reason) {
        return Objects.requireNonNull(lastHeld.get(reason));
    }

    /** With the reasons that one more evaluation found. */
    Episode seen(Instant at, List<Reason> holding) {
        if (holding.isEmpty()) {
            return this;
        }
        TreeMap<Reason, Instant> held = new TreeMap<>(lastHeld);
        holding.forEach(reason -> held.put(reason, at));
        return with(held, paged);
    }

    /** Published with something new to say. */
    Episode changed(Instant at, Severity newSeverity, List<Reason> newReasons, FirstCause first) {
        return published(at, newSeverity, newReasons, first, 0, null);
    }

    /** Published again with nothing new to say, by the reasons of now. */
    Episode repeated(Instant at, List<Reason> newReasons) {
        return published(at, severity, newReasons, firstCause(), repeats + 1, null);
    }

    /** Published for the last time. */
    Episode resolved(Instant at, Resolution how) {
        return published(at, severity, reasons, firstCause(), 0, how);
    }

    /** A publication of it was pageable. */
    public Episode withPage() {
        return with(lastHeld, true);
    }

    private Episode with(SortedMap<Reason, Instant> held, boolean isPaged) {
        return new Episode(
                id,
                sequence,
                tenant,
                connector,
                code,
                severity,
                reasons,
                since,
                openedAt,
                publishedAt,
                repeats,
                cause,
                owner,
                held,
                isPaged,
                resolution);
    }

    private Episode published(
            Instant at,
            Severity newSeverity,
            List<Reason> newReasons,
            FirstCause first,
            int newRepeats,
            @Nullable Resolution newResolution) {
        return new Episode(
                id,
                sequence + 1,
                tenant,
                connector,
                code,
                newSeverity,
                newReasons,
                since,
                openedAt,
                at,
                newRepeats,
                first.cause(),
                first.owner(),
                lastHeld,
                paged,
                newResolution);
    }
}
