package io.mailflow.alerting;

import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what holds on a connector into decisions about its alerts. */
public final class AlertPolicy {

    /** Every policy, in the order of their reasons. */
    static final List<Policy> POLICIES = List.of(
            new ConnectorDown(),
            new FailureRate(),
            new QueueBacklog(),
            new ExpiryRisk(),
            new MessagesExpired(),
            new ConnectorSilent());

    /** Those that the passing of time alone can make hold, without a word from the source. */
    private static final List<Policy> AGEING = List.of(new QueueBacklog(), new ExpiryRisk());

    /** The windows that time alone moves out of sight reach back this far: the current and previous hour. */
    private static final Duration FARTHEST_WINDOW = HourWindow.SIZE.multipliedBy(2);

    private final List<Policy> policies;

    /** Judges by every policy there is. */
    public AlertPolicy() {
        this(POLICIES);
    }

    /** Judges by these policies only. */
    public AlertPolicy(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    /** Judges only what ages: queues. */
    public static AlertPolicy ofAgeing() {
        return new AlertPolicy(AGEING);
    }

    /**
     * Decides about every code with a finding or an open episode. During maintenance nothing opens.
     *
     * @param view the connector now
     * @param openEpisodes its open episodes by code, as the previous evaluation left them
     * @param causes why its codes fail; asked only for codes that are decided about
     * @return one decision for each such code, by code
     */
    public List<Decision> decide(ConnectorView view, Map<String, Episode> openEpisodes, CauseLookup causes) {
        SortedMap<String, List<Finding>> findings = findings(view, new TreeMap<>(openEpisodes));
        TreeSet<String> codes = new TreeSet<>(openEpisodes.keySet());
        if (view.maintenanceUntil() == null) {
            codes.addAll(findings.keySet());
        }

        List<Decision> decisions = new ArrayList<>(codes.size());
        for (String code : codes) {
            LifeCycle lifeCycle = new LifeCycle(view, code, findings.getOrDefault(code, List.of()));
            Episode open = openEpisodes.get(code);
            decisions.add(open == null ? lifeCycle.open(causes.of(code)) : lifeCycle.goOn(open, causes.of(code)));
        }
        return decisions;
    }

    /**
     * What becomes worse by the passing of time alone: new episodes and escalations, nothing else.
     *
     * @param view the connector as it would be if its queue were left as it is until then
     * @param openEpisodes its open episodes by code, provisional ones included
     */
    public List<Decision.Published> worsen(ConnectorView view, Map<String, Episode> openEpisodes, CauseLookup causes) {
        return decide(view, openEpisodes, causes).stream()
                .filter(decision -> decision instanceof Decision.Open || decision instanceof Decision.Escalate)
                .map(Decision.Published.class::cast)
                .toList();
    }

    /** Says once more what stands: an episode that nobody was paged for, now that progress is close to the wall clock. */
    public Decision.Published becomeCurrent(ConnectorView view, Episode open) {
        return new Decision.BecomeCurrent(open, Why.CAUGHT_UP, grounds(view, open));
    }

    /**
     * Takes back what silence alone had opened or raised.
     *
     * @param provisional the episode as silence had left it
     * @param confirmed the episode as progress has it, or null if it has none of that id
     */
    public Decision.Published correct(ConnectorView view, Episode provisional, @Nullable Episode confirmed) {
        Instant at = view.at().isAfter(provisional.publishedAt()) ? view.at() : provisional.publishedAt();
        Episode stands = confirmed == null ? provisional.resolved(at, Resolution.DISPROVED) : confirmed;
        return new Decision.Correct(stands, Why.SILENCE_DISPROVED, grounds(view, stands));
    }

    private Grounds grounds(ConnectorView view, Episode episode) {
        String code = episode.code();
        List<Finding> found =
                findings(view, new TreeMap<>(Map.of(code, episode))).getOrDefault(code, List.of());
        return new LifeCycle(view, code, found).grounds(episode);
    }

    /** Whether a code is as bad as that, in a view. */
    public boolean reaches(ConnectorView view, String code, Severity severity) {
        return findings(view, new TreeMap<>()).getOrDefault(code, List.of()).stream()
                .anyMatch(finding -> finding.severity().compareTo(severity) >= 0);
    }

    /**
     * Whether the mere passing of time can change a decision about the connector, so that it must be evaluated at every
     * minute, and not only at those at which something happened to it: something is queued, an episode is open, or the
     * latest failure is in one of the hour windows.
     */
    public static boolean needsEveryMinute(ConnectorView view, Map<String, Episode> openEpisodes) {
        Instant lastFailed = view.lastFailed();
        return !openEpisodes.isEmpty()
                || view.queues().values().stream().anyMatch(queue -> queue.recipients() > 0)
                || (lastFailed != null && !lastFailed.isBefore(view.at().minus(FARTHEST_WINDOW)));
    }

    private SortedMap<String, List<Finding>> findings(ConnectorView view, SortedMap<String, Episode> open) {
        Map<Reason, String> attached = attached(open);
        TreeMap<String, List<Finding>> byCode = new TreeMap<>();
        for (Policy policy : policies) {
            String stays = policy.judgesConnector() ? attached.get(policy.reason()) : null;
            policy.judge(view)
                    .map(finding -> stays == null ? finding : finding.on(stays))
                    .forEach(finding -> byCode.computeIfAbsent(finding.code(), code -> new ArrayList<>())
                            .add(finding));
        }
        return byCode;
    }

    /** The code each reason is open on, the smallest if there are several. */
    private static Map<Reason, String> attached(SortedMap<String, Episode> open) {
        EnumMap<Reason, String> codes = new EnumMap<>(Reason.class);
        open.forEach((code, episode) -> episode.reasons().forEach(reason -> codes.putIfAbsent(reason, code)));
        return codes;
    }
}
