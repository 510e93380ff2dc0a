package io.mailflow.alerting;

import io.mailflow.schema.Alert;
import io.mailflow.schema.Remediation;
import java.time.Duration;
import java.time.Instant;

/** Writes the record that tells of a decision. */
public final class AlertAssembler {

    private AlertAssembler() {}

    /**
     * The alert as published.
     *
     * @param decision what was decided
     * @param view what it was decided on
     * @param samples evidence of the episode's code
     * @param outlook when the recipients queued with that code expire
     * @param remediation what to do
     * @param progress event time up to which everything was seen
     * @param lag how far that was behind the wall clock when it was decided
     */
    public static Alert assemble(
            Decision.Published decision,
            ConnectorView view,
            Samples samples,
            QueueOutlook outlook,
            Remediation remediation,
            Instant progress,
            Duration lag) {
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
                episode.provisional(),
                lag.compareTo(view.thresholds().pageableLag()) <= 0,
                evidence(decision, view, samples, outlook, progress, lag),
                remediation);
    }

    private static Alert.Evidence evidence(
            Decision.Published decision,
            ConnectorView view,
            Samples samples,
            QueueOutlook outlook,
            Instant progress,
            Duration lag) {
        String code = decision.episode().code();
        Traffic traffic = decision.grounds().traffic();
        CodeQueue queue = view.queue(code);
        return new Alert.Evidence(
                new Alert.Window(traffic.start(), traffic.end()),
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
                progress,
                lag);
    }
}
