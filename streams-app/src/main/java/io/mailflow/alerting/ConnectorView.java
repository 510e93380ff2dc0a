package io.mailflow.alerting;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Relation;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one connector at one evaluation.
 *
 * @param tenant the organisation
 * @param connector the connector's name, or {@link ConnectorSource#UNKNOWN_CONNECTOR}
 * @param at the evaluation instant in event time: a whole minute, or the final clock of a finite input
 * @param type how the connector finds its next server
 * @param relation whose servers are at the other end, or null if nobody said
 * @param thresholds what the connector is judged by; overrides of the registry already applied
 * @param lastThreeWindows attempts in the last three whole 5-minute windows that ended at or before {@code at}
 * @param lastHour attempts in the last twelve of those windows
 * @param currentHour the hour window, aligned to the epoch, that contains {@code at}
 * @param previousHour the hour window before it
 * @param queues the queue by code; only codes with something queued or given up lately
 * @param lastDelivered newest successful attempt of the connector that stands
 * @param lastFailed newest failed attempt of the connector that stands
 * @param activity the failures of every code that ever failed, also if all of them were taken back
 * @param drained by code, the evaluation at which its queue had become empty; codes that are queued, or never were, are
 *     missing
 * @param missing the last whole hour, if no attempt was made since it began
 * @param maintenanceUntil the end of the maintenance window under way, or null
 */
public record ConnectorView(
        String tenant,
        String connector,
        Instant at,
        ConnectorType type,
        @Nullable Relation relation,
        AlertSettings thresholds,
        Traffic lastThreeWindows,
        Traffic lastHour,
        HourWindow currentHour,
        HourWindow previousHour,
        SortedMap<String, CodeQueue> queues,
        @Nullable Instant lastDelivered,
        @Nullable Instant lastFailed,
        SortedMap<String, CodeActivity> activity,
        SortedMap<String, Instant> drained,
        @Nullable MissingHour missing,
        @Nullable Instant maintenanceUntil) {

    public ConnectorView {
        queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
        activity = Collections.unmodifiableSortedMap(new TreeMap<>(activity));
        drained = Collections.unmodifiableSortedMap(new TreeMap<>(drained));
    }

    /** The same where nobody can tell whether an hour is missing. */
    public ConnectorView withoutMissingHour() {
        return new ConnectorView(
                tenant,
                connector,
                at,
                type,
                relation,
                thresholds,
                lastThreeWindows,
                lastHour,
                currentHour,
                previousHour,
                queues,
                lastDelivered,
                lastFailed,
                activity,
                drained,
                null,
                maintenanceUntil);
    }

    /** Whether the connector is a route at all, and not the place of what has none. */
    boolean isRoute() {
        return !connector.equals(ConnectorSource.UNKNOWN_CONNECTOR);
    }

    /** From how many recipients on a queue reason holds: any number where one next server takes everything. */
    long recipientsThatMatter(int elsewhere) {
        return type == ConnectorType.SMART_HOST ? 1 : elsewhere;
    }

    /** The queue of a code, empty if nothing of it is queued or was given up lately. */
    CodeQueue queue(String code) {
        CodeQueue queue = queues.get(code);
        return queue == null ? CodeQueue.empty(code) : queue;
    }

    /** The newest attempt of the connector, whatever its result. */
    Optional<Instant> lastAttempt() {
        if (lastDelivered == null) {
            return Optional.ofNullable(lastFailed);
        }
        return Optional.of(lastFailed == null || lastDelivered.isAfter(lastFailed) ? lastDelivered : lastFailed);
    }

    /** The newest failure of a code, if one stands. */
    Optional<Instant> lastFailure(String code) {
        return Optional.ofNullable(activity.get(code)).flatMap(CodeActivity::lastFailure);
    }

    /**
     * The first failure since the code was last quiet. The first deferral of what is queued is one of them; a run of
     * failures that was over for the quiet time before it belongs to an older problem. Where neither a failure nor a queue
     * is known, as when a recipient expires unseen, a problem begins now.
     */
    Instant firstFailure(String code) {
        Optional<Instant> failed = Optional.ofNullable(activity.get(code)).flatMap(CodeActivity::firstFailure);
        Instant oldestQueued = queue(code).oldestSince();
        if (oldestQueued == null) {
            return earlier(at, failed.orElse(at));
        }
        Instant stillRuns = oldestQueued.minus(thresholds.resolveAfter());
        boolean sameProblem =
                lastFailure(code).filter(last -> !last.isBefore(stillRuns)).isPresent();
        Instant queued = earlier(at, oldestQueued);
        return sameProblem ? earlier(queued, failed.orElse(queued)) : queued;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
