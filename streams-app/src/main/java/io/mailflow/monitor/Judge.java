package io.mailflow.monitor;

import io.mailflow.alerting.AlertAssembler;
import io.mailflow.alerting.AlertAssembler.Known;
import io.mailflow.alerting.AlertPolicy;
import io.mailflow.alerting.CauseLookup;
import io.mailflow.alerting.ConnectorView;
import io.mailflow.alerting.Decision;
import io.mailflow.alerting.Episode;
import io.mailflow.alerting.FirstCause;
import io.mailflow.alerting.Samples;
import io.mailflow.catalogue.Situation;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Alert.CauseCount;
import io.mailflow.schema.Alert.FailingDestination;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Remediation;
import io.mailflow.serde.ContentVersion;
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
import org.jspecify.annotations.Nullable;

/** Judges one connector at one instant and writes the alerts that come of it. Changes nothing. */
final class Judge {

    /** Destinations shown in an alert. */
    private static final int DESTINATIONS = 5;

    /** Remediations kept in memory. */
    private static final int RECENT = 1_000;

    private final AlertPolicy policy = new AlertPolicy();
    private final AlertPolicy ageing = AlertPolicy.ofAgeing();
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

    /** A connector at an instant, with its registry entry. */
    record Subject(ConnectorKey connector, ConnectorState state, Optional<ConnectorEntry> entry, ConnectorView view) {

        /** The same where nobody can tell a quiet connector from a silent source. */
        Subject whileSourcesAreSilent() {
            return new Subject(connector, state, entry, view.withoutMissingHour());
        }
    }

    /** Looks at a connector as it is, or as it would be if its queue were left as it is until then. */
    Subject look(ConnectorKey connector, ConnectorState state, Optional<ConnectorEntry> entry, long atMs) {
        return new Subject(connector, state, entry, views.view(connector, state, entry, atMs));
    }

    /**
     * Judges.
     *
     * @param open episodes that are open, by code
     * @param lag how far the instant is behind the wall clock
     */
    Verdict judge(Subject subject, SortedMap<String, Episode> open, Duration lag) {
        Known known = new Known(subject.view().at(), lag, false);
        List<Alert> alerts = new ArrayList<>();
        TreeMap<String, Episode> after = new TreeMap<>(open);
        for (Decision decision : policy.decide(subject.view(), open, causes(subject))) {
            Episode episode = decision.episode();
            if (decision instanceof Decision.Published published) {
                Alert alert = alert(published, subject, known);
                alerts.add(alert);
                episode = alert.pageable() ? episode.withPage() : episode;
            }
            if (episode.state() == AlertState.RESOLVED) {
                after.remove(episode.code());
            } else {
                after.put(episode.code(), episode);
            }
        }
        return new Verdict(
                alerts, Collections.unmodifiableSortedMap(after), AlertPolicy.needsEveryMinute(subject.view(), after));
    }

    /** What becomes worse at an instant that progress has not reached, if nothing but time passes until then. */
    List<Decision.Published> worsen(Subject subject, SortedMap<String, Episode> open) {
        return ageing.worsen(subject.view(), open, causes(subject));
    }

    /** Whether the queue of an episode that silence opened or raised is as bad as that after all. */
    boolean confirms(Subject subject, Episode provisional) {
        return ageing.reaches(subject.view(), provisional.code(), provisional.severity());
    }

    /** The record of an open episode that nobody was paged for, now that progress is close to the wall clock. */
    Alert becomeCurrent(Subject subject, Episode open, Duration lag) {
        return alert(
                policy.becomeCurrent(subject.view(), open),
                subject,
                new Known(subject.view().at(), lag, false));
    }

    /**
     * The record that takes back what silence alone had opened or raised.
     *
     * @param confirmed the episode as progress has it, or null if it has none of that id
     */
    Alert correct(Subject subject, Episode provisional, @Nullable Episode confirmed, Duration lag) {
        Known known = new Known(subject.view().at(), lag, confirmed == null);
        return alert(policy.correct(subject.view(), provisional, confirmed), subject, known);
    }

    /** The record of a decision. */
    Alert alert(Decision.Published decision, Subject subject, Known known) {
        CodeKey key = new CodeKey(subject.connector(), decision.episode().code());
        CodeState code = subject.state().code(key.code());
        long atMs = subject.view().at().toEpochMilli();
        Samples samples = samples(code, views.causes(key, code, atMs));
        Situation situation = AlertSituation.of(
                situation(subject, key),
                subject.view(),
                samples,
                subject.entry(),
                decision.episode().since());
        return AlertAssembler.assemble(
                decision,
                subject.view(),
                samples,
                views.outlook(key, atMs),
                remediation(subject, situation),
                subject.entry().map(ContentVersion::of).orElse(null),
                known);
    }

    private CauseLookup causes(Subject subject) {
        return code -> {
            Remediation remediation = remembered(subject, situation(subject, new CodeKey(subject.connector(), code)));
            return new FirstCause(remediation.cause(), remediation.owner());
        };
    }

    /** What decides cause and owner; nothing in it is a bounded sample but the server. */
    private Situation situation(Subject subject, CodeKey key) {
        CodeState code = subject.state().code(key.code());
        long atMs = subject.view().at().toEpochMilli();
        List<Situation.CauseCount> causes = views.causes(key, code, atMs).mostFrequentFirst().stream()
                .map(cause -> new Situation.CauseCount(cause.getKey(), cause.getValue()))
                .toList();
        Destination destination = code.evidence().destinations().stream()
                .findFirst()
                .map(tally -> new Destination(tally.host(), tally.ip(), null))
                .orElse(null);
        return Situation.of(key.code())
                .withCauses(causes)
                .on(null, subject.view().relation(), null, null)
                .at(destination);
    }

    private Remediation remembered(Subject subject, Situation situation) {
        Remediation known = recent.get(situation);
        if (known == null) {
            known = remediation(subject, situation);
            if (recent.size() >= RECENT) {
                recent.clear();
            }
            recent.put(situation, known);
        }
        return known;
    }

    private Remediation remediation(Subject subject, Situation situation) {
        return remediations.of(
                situation,
                subject.view().tenant(),
                subject.entry().map(ConnectorEntry::language).orElse(null));
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
