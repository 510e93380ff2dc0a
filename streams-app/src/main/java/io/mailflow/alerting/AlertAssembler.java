package io.mailflow.alerting;

import io.mailflow.schema.Alert;
import io.mailflow.schema.Remediation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the record that tells of a decision. */
public final class AlertAssembler {

    private AlertAssembler() {}

    /**
     * How much was known when a decision was taken.
     *
     * @param progress event time up to which everything was seen
     * @param lag how far that was behind the wall clock
     * @param provisional only the wall clock's passing in silence supports the decision
     */
    public record Known(Instant progress, Duration lag, boolean provisional) {}

    /**
     * The alert as published.
     *
     * @param decision what was decided
     * @param view what it was decided on
     * @param samples evidence of the episode's code
     * @param outlook when the recipients queued with that code expire
     * @param remediation what to do
     * @param registryVersion version of the connector's registry entry, or null if it has none
     * @param known how much was known when it was decided
     */
    public static Alert assemble(
            Decision.Published decision,
            ConnectorView view,
            Samples samples,
            QueueOutlook outlook,
            Remediation remediation,
            @Nullable String registryVersion,
            Known known) {
        Episode episode = decision.episode();
        return new Alert(
                episode.id(),
                episode.sequence(),
                episode.tenant(),
                episode.connector(),
                episode.code(),
                episode.state(),
                episode.severity(),
                episode.reasons(),
                decision.publication(),
                episode.since(),
                episode.openedAt(),
                episode.publishedAt(),
                episode.resolvedAt(),
                episode.resolution(),
                known.provisional(),
                known.lag().compareTo(view.thresholds().pageableLag()) <= 0,
                evidence(decision, view, samples, outlook, registryVersion, known),
                remediation);
    }

    private static Alert.Evidence evidence(
            Decision.Published decision,
            ConnectorView view,
            Samples samples,
            QueueOutlook outlook,
            @Nullable String registryVersion,
            Known known) {
        String code = decision.episode().code();
        Traffic traffic = decision.grounds().traffic();
        CodeQueue queue = view.queue(code);
        return new Alert.Evidence(
                decision.why().token(),
                registryVersion,
                window(traffic, known.progress()),
                new Alert.Counts(traffic.delivered(), traffic.failed(), traffic.failedWith(code)),
                decision.grounds().measures(),
                new Alert.Queue(
                        queue.recipients(),
                        queue.oldestSince(),
                        queue.nextDeadline(),
                        outlook.expiring(),
                        queue.expiredLastHour()),
                outlook.nextDeadlines(),
                samples.destinations(),
                samples.causes(),
                samples.lastError(),
                samples.messageIds(),
                view.type(),
                known.progress(),
                known.lag());
    }

    /** The counts are those of the windows so far: nothing after progress is in them. */
    private static Alert.Window window(Traffic traffic, Instant progress) {
        Instant end = traffic.end().isAfter(progress) ? progress : traffic.end();
        return new Alert.Window(traffic.start().isAfter(end) ? end : traffic.start(), end);
    }
}
