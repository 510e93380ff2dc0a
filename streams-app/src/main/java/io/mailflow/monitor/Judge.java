package io.mailflow.monitor;

import io.mailflow.alerting.AlertAssembler;
import io.mailflow.alerting.AlertPolicy;
import io.mailflow.alerting.ConnectorView;
import io.mailflow.alerting.Decision;
import io.mailflow.alerting.Episode;
import io.mailflow.alerting.FirstCause;
import io.mailflow.alerting.QueueOutlook;
import io.mailflow.alerting.Samples;
import io.mailflow.catalogue.Situation;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Alert.CauseCount;
import io.mailflow.schema.Alert.FailingDestination;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Remediation;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges one connector at one instant and writes the alerts that come of it. Changes nothing. */
final class Judge {

    /** Destinations shown in an alert. */
    private static final int DESTINATIONS = 5;

    /** Remediations kept in memory. */
    private static final int RECENT = 1_000;

    private final AlertPolicy policy = new AlertPolicy();
    private final ConnectorViews views;
    private final RemediationLookup remediations;

    /** Open episodes ask the same every minute. */
    private final Map<Situation, Remediation> recent = new HashMap<>();

    Judge(ConnectorViews views, RemediationLookup remediations) {
        this.views = views;
        this.remediations = remediations;
    }

    /**
     * What came of it.
     *
     * @param alerts to be published, by code
     * @param open the episodes that are open now, by code
     * @param needsEveryMinute whether time alone may change the next verdict
     */
    record Verdict(List<Alert> alerts, SortedMap<String, Episode> open, boolean needsEveryMinute) {}

    /**
     * Judges.
     *
     * @param open episodes that are open, by code
     * @param atMs event time up to which everything is in
     * @param lag how far that is behind the wall clock
     */
    Verdict judge(
            ConnectorKey connector,
            ConnectorState state,
            Optional<ConnectorEntry> entry,
            SortedMap<String, Episode> open,
            long atMs,
            Duration lag) {
        ConnectorView view = views.view(connector, state, entry, atMs);
        List<Decision> decisions = policy.decide(view, open, code -> {
            Remediation remediation =
                    remembered(view, entry, situation(view, state, new CodeKey(connector, code), atMs));
            return new FirstCause(remediation.cause(), remediation.owner());
        });
        List<Alert> alerts = new ArrayList<>();
        TreeMap<String, Episode> after = new TreeMap<>(open);
        for (Decision decision : decisions) {
            Episode episode = decision.episode();
            if (episode.state() == AlertState.RESOLVED) {
                after.remove(episode.code());
            } else {
                after.put(episode.code(), episode);
            }
            if (decision instanceof Decision.Published published) {
                CodeKey key = new CodeKey(connector, episode.code());
                alerts.add(alert(published, view, state, entry, key, atMs, lag));
            }
        }
        return new Verdict(alerts, Collections.unmodifiableSortedMap(after), AlertPolicy.needsEveryMinute(view, after));
    }

    private Alert alert(
            Decision.Published decision,
            ConnectorView view,
            ConnectorState state,
            Optional<ConnectorEntry> entry,
            CodeKey key,
            long atMs,
            Duration lag) {
        Samples samples = samples(state.code(key.code()), views.causes(key, state.code(key.code()), atMs));
        QueueOutlook outlook = views.outlook(key, atMs);
        Remediation remediation = remediation(
                view,
                entry,
                AlertSituation.of(
                        situation(view, state, key, atMs),
                        view,
                        samples,
                        entry,
                        decision.episode().since()));
        return AlertAssembler.assemble(decision, view, samples, outlook, remediation, view.at(), lag);
    }

    /** What decides cause and owner; nothing in it is a bounded sample but the server. */
    private Situation situation(ConnectorView view, ConnectorState state, CodeKey key, long atMs) {
        CodeState code = state.code(key.code());
        List<Situation.CauseCount> causes = views.causes(key, code, atMs).mostFrequentFirst().stream()
                .map(cause -> new Situation.CauseCount(cause.getKey(), cause.getValue()))
                .toList();
        Destination destination = code.evidence().destinations().stream()
                .findFirst()
                .map(tally -> new Destination(tally.host(), tally.ip(), null))
                .orElse(null);
        return Situation.of(key.code())
                .withCauses(causes)
                .on(null, view.relation(), null, null)
                .at(destination);
    }

    private Remediation remembered(ConnectorView view, Optional<ConnectorEntry> entry, Situation situation) {
        Remediation known = recent.get(situation);
        if (known == null) {
            known = remediation(view, entry, situation);
            if (recent.size() >= RECENT) {
                recent.clear();
            }
            recent.put(situation, known);
        }
        return known;
    }

    private Remediation remediation(ConnectorView view, Optional<ConnectorEntry> entry, Situation situation) {
        return remediations.of(
                situation, view.tenant(), entry.map(ConnectorEntry::language).orElse(null));
    }

    private static Samples samples(CodeState state, Causes causes) {
        Evidence evidence = state.evidence();
        return new Samples(
                evidence.destinations().stream()
                        .limit(DESTINATIONS)
                        .map(tally ->
                                new FailingDestination(tally.host(), tally.ip(), tally.attempts(), tally.lastError()))
                        .toList(),
                evidence.messages().stream().map(Evidence.Message::id).toList(),
                causes.mostFrequentFirst().stream()
                        .map(cause -> new CauseCount(cause.getKey(), cause.getValue()))
                        .toList(),
                evidence.lastError());
    }
}
