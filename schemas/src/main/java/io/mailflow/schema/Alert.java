package io.mailflow.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One publication of an alert: a living problem on one (tenant, connector, code). On {@code mailflow.alerts} every
 * publication, on {@code mailflow.alert-state} the latest of each key.
 *
 * @param id hash of (tenant, connector, code, opening minute): the same problem gets the same id on every run
 * @param sequence 1 for the first publication, then counting up; a reader drops what it has seen. Publications that are
 *     provisional, {@code corrected} or {@code became-current} repeat a sequence and are never dropped for it
 * @param tenant the organisation
 * @param connector the connector's name
 * @param code SMTP reply code and enhanced status code, such as {@code 450 4.4.316}, or {@code none}
 * @param state open or resolved
 * @param severity maximum over the reasons since it opened; never falls while it is open
 * @param reasons what held at this publication, in the order of {@link Reason}; if nothing did, what was said before
 * @param publication why this record was published
 * @param since first failure of the episode; of a silent connector, when the hour began that had no attempt
 * @param openedAt the minute at which it opened
 * @param changedAt the minute of this publication
 * @param resolvedAt the minute at which it resolved, null while open
 * @param resolution how it ended, null while open
 * @param provisional true while only the wall clock's passing in silence supports it
 * @param pageable true when progress is close enough to the wall clock for somebody to be woken
 * @param evidence what it was decided on
 * @param remediation what to do
 */
public record Alert(
        String id,
        int sequence,
        String tenant,
        String connector,
        String code,
        AlertState state,
        Severity severity,
        List<Reason> reasons,
        Publication publication,
        Instant since,
        Instant openedAt,
        Instant changedAt,
        @Nullable Instant resolvedAt,
        @Nullable Resolution resolution,
        boolean provisional,
        boolean pageable,
        Evidence evidence,
        Remediation remediation) {

    /**
     * The time that the evidence is true of: that of the change; where an alert is told again because the program has
     * become current, which changes nothing, how far mail was seen by then.
     */
    public Instant toldAt() {
        return publication == Publication.BECAME_CURRENT ? evidence.progress() : changedAt;
    }

    /** The same alert with another remediation: in another language, or ranked by what all connectors tell. */
    public Alert withRemediation(Remediation other) {
        return new Alert(
                id,
                sequence,
                tenant,
                connector,
                code,
                state,
                severity,
                reasons,
                publication,
                since,
                openedAt,
                changedAt,
                resolvedAt,
                resolution,
                provisional,
                pageable,
                evidence,
                other);
    }

    /**
     * What an alert was decided on. Counts are exact; {@code destinations}, {@code sampleMessageIds} and
     * {@code lastError} are bounded samples.
     *
     * @param why why it was decided so, in a word: {@code threshold-reached}, {@code delivered-and-quiet} …
     * @param registryVersion which version of the connector's registry entry it was judged by: two alerts with the same
     *     were judged by the same entry; null if the connector is not registered
     * @param window the event time the counts cover, half-open
     * @param counts attempts of the whole connector in the window
     * @param thresholds what was measured for each reason against which threshold
     * @param queue the queue of the alert's code
     * @param nextDeadlines how many recipients reach their deadline in the next hours that have any, at most 12
     * @param destinations the servers most attempts failed at since the code began to fail
     * @param causes how often each cause was read from the replies of the last hour, or, if it had none, of all since
     *     the code began to fail; most frequent first
     * @param lastError the newest reply text seen, shortened, without addresses
     * @param sampleMessageIds network message ids of some failing messages
     * @param connectorType how the connector finds its next server
     * @param progress event time up to which everything was seen
     * @param lag how far that was behind the wall clock
     */
    public record Evidence(
            String why,
            @Nullable String registryVersion,
            Window window,
            Counts counts,
            List<Measure> thresholds,
            Queue queue,
            List<Deadlines> nextDeadlines,
            List<FailingDestination> destinations,
            List<CauseCount> causes,
            @Nullable String lastError,
            List<String> sampleMessageIds,
            ConnectorType connectorType,
            Instant progress,
            Duration lag) {}

    /** Half-open event time {@code [start, end)}. */
    public record Window(Instant start, Instant end) {}

    /**
     * Attempts in a window.
     *
     * @param delivered attempts that succeeded
     * @param failed attempts that failed, all codes
     * @param failedWithCode attempts that failed with the alert's code
     */
    public record Counts(long delivered, long failed, long failedWithCode) {}

    /**
     * One comparison.
     *
     * @param reason whose threshold it is
     * @param measure what was measured, in words for people: {@code recipients queued longer than PT1H}
     * @param value what it was
     * @param threshold from which value on the reason holds
     */
    public record Measure(Reason reason, String measure, double value, double threshold) {}

    /**
     * Queued recipients of the alert's code.
     *
     * @param recipients queued now
     * @param oldestSince first deferral of the one queued longest
     * @param nextDeadline when the next one expires
     * @param expiring cumulative counts by horizon, overdue ones included
     * @param expiredLastHour recipients given up in the last hour
     */
    public record Queue(
            long recipients,
            @Nullable Instant oldestSince,
            @Nullable Instant nextDeadline,
            List<Expiring> expiring,
            long expiredLastHour) {}

    /** Recipients whose deadline lies in {@code [from, to)}. */
    public record Deadlines(Instant from, Instant to, long recipients) {}

    /** A server, how many attempts failed there, and its newest reply. */
    public record FailingDestination(
            @Nullable String host,
            @Nullable String ip,
            long attempts,
            @Nullable String lastError) {}

    /** A cause by the catalogue's token, and the failed attempts whose reply named it. */
    public record CauseCount(String cause, long attempts) {}
}
