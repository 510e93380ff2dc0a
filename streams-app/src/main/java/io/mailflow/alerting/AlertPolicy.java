package io.mailflow.alerting;

import io.mailflow.schema.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns what holds on a connector into decisions about its alerts. */
public final class AlertPolicy {

    /** Every policy, in the order of their reasons. */
    static final List<Policy> POLICIES = List.of(
            new ConnectorDown(), new FailureRate(), new QueueBacklog(), new ExpiryRisk(), new MessagesExpired());

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

    /**
     * Decides about every code with a finding or an open episode.
     *
     * @param view the connector now
     * @param openEpisodes its open episodes by code, as the previous evaluation left them
     * @param causes why its codes fail; asked only for codes that are decided about
     * @return one decision for each such code, by code
     */
    public List<Decision> decide(ConnectorView view, Map<String, Episode> openEpisodes, CauseLookup causes) {
        SortedMap<String, List<Finding>> findings = findings(view, new TreeMap<>(openEpisodes));
        TreeSet<String> codes = new TreeSet<>(findings.keySet());
        codes.addAll(openEpisodes.keySet());

        List<Decision> decisions = new ArrayList<>(codes.size());
        for (String code : codes) {
            LifeCycle lifeCycle = new LifeCycle(view, code, findings.getOrDefault(code, List.of()));
            Episode open = openEpisodes.get(code);
            decisions.add(open == null ? lifeCycle.open(causes.of(code)) : lifeCycle.goOn(open, causes.of(code)));
        }
        return decisions;
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
