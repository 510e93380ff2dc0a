package io.mailflow.oracle;

import io.mailflow.config.AlertSettings;
import io.mailflow.oracle.Expected.Connector;
import io.mailflow.oracle.Expected.Published;
import io.mailflow.oracle.Judgement.Finding;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The alerts of one connector, minute by minute, by the rules of ADR 0006. Of these it leaves out what no input here
 * has: four weeks of history ({@code connector-silent}), and a wall clock.
 */
final class Episodes {

    private static final long FIVE_MINUTES_MS = Duration.ofMinutes(5).toMillis();
    private static final long LONGEST_REPEAT_MS = Duration.ofHours(24).toMillis();

    private final Connector connector;
    private final Optional<ConnectorEntry> entry;
    private final AlertSettings thresholds;
    private final TreeMap<String, Episode> open = new TreeMap<>();
    private final List<Published> published = new ArrayList<>();

    /** Codes that were queued at the last evaluation, and when the queues of the others had become empty. */
    private final Set<String> queued = new HashSet<>();

    private final Map<String, Long> drainedMs = new HashMap<>();

    Episodes(Connector connector, Routes routes, AlertSettings alerts) {
        this.connector = connector;
        this.entry = routes.entry(connector.tenant(), connector.name());
        this.thresholds =
                entry.map(known -> alerts.overriddenBy(known.thresholds())).orElse(alerts);
    }

    /** An open alert. */
    private static final class Episode {
        long openedMs;
        long sinceMs;
        int sequence;
        Severity severity;
        SortedSet<Reason> reasons;
        final Map<Reason, Long> lastHeldMs = new EnumMap<>(Reason.class);
        long publishedMs;
        int repeats;
    }

    /** Every publication, with evaluations at every minute and at the last instant. */
    List<Published> over(List<Fact> facts, long lastMs) {
        long firstMs = facts.stream().mapToLong(Fact::fromMs).min().orElse(lastMs);
        for (long ms = Intake.evaluation(firstMs); ms < lastMs; ms += Intake.MINUTE_MS) {
            evaluate(facts, ms);
        }
        evaluate(facts, lastMs);
        return published;
    }

    private void evaluate(List<Fact> facts, long atMs) {
        List<Fact.What> now = new ArrayList<>();
        List<Fact.What> ever = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.holdsAt(atMs)) {
                now.add(fact.what());
            }
            if (fact.fromMs() <= atMs) {
                ever.add(fact.what());
            }
        }
        ConnectorType type = entry.map(ConnectorEntry::type).orElse(ConnectorType.UNKNOWN);
        boolean route = !connector.name().equals(Routes.UNKNOWN);
        Judgement judgement = new Judgement(type, thresholds, route, atMs, now);
        rememberQueues(judgement, atMs);

        TreeMap<String, List<Finding>> findings = new TreeMap<>();
        for (Finding finding : judgement.findings()) {
            findings.computeIfAbsent(attached(finding), code -> new ArrayList<>())
                    .add(finding);
        }
        TreeSet<String> codes = new TreeSet<>(findings.keySet());
        codes.addAll(open.keySet());
        for (String code : codes) {
            Moment moment = new Moment(code, atMs, judgement, now, ever, findings.getOrDefault(code, List.of()));
            if (open.containsKey(code)) {
                goOn(open.get(code), moment);
            } else {
                open(moment);
            }
        }
    }

    private void rememberQueues(Judgement judgement, long atMs) {
        queued.removeIf(code -> {
            boolean empty = judgement.queue(code).isEmpty();
            if (empty) {
                drainedMs.put(code, atMs);
            }
            return empty;
        });
        queued.addAll(judgement.queuedCodes());
    }

    /** A reason that judges the connector stays on the code of the open alert that names it. */
    private String attached(Finding finding) {
        boolean judgesConnector = finding.reason() == Reason.CONNECTOR_DOWN || finding.reason() == Reason.FAILURE_RATE;
        return open.entrySet().stream()
                .filter(episode -> judgesConnector && episode.getValue().reasons.contains(finding.reason()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(finding.code());
    }

    /**
     * One code at one evaluation.
     *
     * @param now what holds
     * @param ever what ever held, also if it was taken back
     */
    private record Moment(
            String code,
            long atMs,
            Judgement judgement,
            List<Fact.What> now,
            List<Fact.What> ever,
            List<Finding> findings) {

        TreeSet<Reason> holding() {
            TreeSet<Reason> holding = new TreeSet<>();
            findings.forEach(finding -> holding.add(finding.reason()));
            return holding;
        }

        Severity severity(Severity atLeast) {
            return findings.stream().map(Finding::severity).reduce(atLeast, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }

        boolean isFailure(Fact.What what) {
            return what.type() == Fact.Type.FAILED && what.code().equals(code);
        }

        OptionalLong newestFailure() {
            return newest(this::isFailure);
        }

        OptionalLong newestDelivery() {
            return newest(what -> what.type() == Fact.Type.SENT);
        }

        OptionalLong newestAttempt() {
            OptionalLong failure = newest(what -> what.type() == Fact.Type.FAILED);
            long latestMs = Math.max(newestDelivery().orElse(Long.MIN_VALUE), failure.orElse(Long.MIN_VALUE));
            return latestMs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(latestMs);
        }

        /** The last that was ever counted in the newest 5-minute window in which one stands. */
        private OptionalLong newest(Predicate<Fact.What> which) {
            OptionalLong window =
                    now.stream().filter(which).mapToLong(Moment::window).max();
            return ever.stream()
                    .filter(which)
                    .filter(what -> window.isPresent() && window(what) == window.getAsLong())
                    .mapToLong(Fact.What::atMs)
                    .max();
        }

        /** The failures of the code since it was last quiet for so long, in the order of time, taken back or not. */
        List<Long> lastRun(long quietMs) {
            List<Long> run = new ArrayList<>();
            ever.stream().filter(this::isFailure).map(Fact.What::atMs).sorted().forEach(failedMs -> {
                if (!run.isEmpty() && failedMs - run.get(run.size() - 1) > quietMs) {
                    run.clear();
                }
                run.add(failedMs);
            });
            return run;
        }

        /** The beginning of the last run of 5-minute windows in which failures stand. */
        OptionalLong standingSince(long quietMs) {
            TreeMap<Long, LongSummaryStatistics> windows = new TreeMap<>();
            now.stream()
                    .filter(this::isFailure)
                    .forEach(what -> windows.put(window(what), new LongSummaryStatistics()));
            ever.stream()
                    .filter(what -> isFailure(what) && windows.containsKey(window(what)))
                    .forEach(what -> windows.get(window(what)).accept(what.atMs()));
            OptionalLong since = OptionalLong.empty();
            long previousMs = 0;
            for (LongSummaryStatistics window : windows.values()) {
                if (since.isEmpty() || window.getMin() - previousMs > quietMs) {
                    since = OptionalLong.of(window.getMin());
                }
                previousMs = window.getMax();
            }
            return since;
        }

        private static long window(Fact.What what) {
            return Math.floorDiv(what.atMs(), FIVE_MINUTES_MS);
        }
    }

    private void open(Moment moment) {
        Episode episode = new Episode();
        episode.openedMs = moment.atMs();
        episode.sinceMs = sinceMs(moment);
        episode.severity = moment.severity(Severity.WARNING);
        episode.reasons = moment.holding();
        episode.reasons.forEach(reason -> episode.lastHeldMs.put(reason, moment.atMs()));
        open.put(moment.code(), episode);
        publish(episode, moment, Publication.OPENED, null);
    }

    /** The first failure since the code was last quiet; the first deferral of what is queued is one. */
    private long sinceMs(Moment moment) {
        long quietMs = thresholds.resolveAfter().toMillis();
        long failingMs = moment.standingSince(quietMs).orElse(moment.atMs());
        OptionalLong queuedMs = moment.judgement().queue(moment.code()).stream()
                .mapToLong(Fact.What::sinceMs)
                .min();
        if (queuedMs.isEmpty()) {
            return Math.min(failingMs, moment.atMs());
        }
        boolean overBefore = moment.newestFailure().orElse(Long.MIN_VALUE) < queuedMs.getAsLong() - quietMs;
        return Math.min(moment.atMs(), overBefore ? queuedMs.getAsLong() : Math.min(failingMs, queuedMs.getAsLong()));
    }

    private void goOn(Episode episode, Moment moment) {
        TreeSet<Reason> holding = moment.holding();
        boolean news = !episode.lastHeldMs.keySet().containsAll(holding);
        holding.forEach(reason -> episode.lastHeldMs.put(reason, moment.atMs()));
        boolean down = episode.reasons.contains(Reason.CONNECTOR_DOWN) && isDown(episode, moment);
        boolean over =
                holding.isEmpty() && moment.judgement().queue(moment.code()).isEmpty();
        if (over && disproved(episode, moment)) {
            resolve(episode, moment, Resolution.DISPROVED);
        } else if (over && quietTimePassed(moment) && !down) {
            long troubleMs = moment.newestFailure().orElse(episode.sinceMs);
            boolean recovered = moment.newestDelivery().orElse(Long.MIN_VALUE) > troubleMs;
            resolve(episode, moment, recovered ? Resolution.RECOVERED : Resolution.GAVE_UP);
        } else {
            stayOpen(episode, moment, news, down);
        }
    }

    private boolean quietTimePassed(Moment moment) {
        long latestMs = moment.atMs() - thresholds.resolveAfter().toMillis();
        return moment.newestFailure().orElse(latestMs) <= latestMs
                && drainedMs.getOrDefault(moment.code(), latestMs) <= latestMs;
    }

    /** All failures it began with are taken back, and nothing expired. */
    private boolean disproved(Episode episode, Moment moment) {
        List<Long> run = moment.lastRun(thresholds.resolveAfter().toMillis());
        return !run.isEmpty()
                && run.get(0) <= episode.openedMs
                && run.get(run.size() - 1) >= episode.sinceMs
                && moment.now().stream().noneMatch(what -> moment.isFailure(what) && what.atMs() >= run.get(0))
                && moment.judgement().expiredLastHour(moment.code()) == 0;
    }

    /** Until a delivery since the window in which it last held, or a long time without attempts. */
    private boolean isDown(Episode episode, Moment moment) {
        long windowMs = Math.floorDiv(episode.lastHeldMs.get(Reason.CONNECTOR_DOWN), FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
        long idleMs = moment.atMs() - thresholds.gaveUpAfter().toMillis();
        return moment.newestDelivery().orElse(Long.MIN_VALUE) < windowMs
                && moment.newestAttempt().orElse(Long.MIN_VALUE) > idleMs;
    }

    private void stayOpen(Episode episode, Moment moment, boolean news, boolean down) {
        Severity severity = moment.severity(episode.severity);
        boolean escalated = severity != episode.severity;
        if (escalated || news) {
            episode.severity = severity;
            episode.repeats = 0;
            episode.reasons = reasons(episode, moment, down);
            publish(episode, moment, escalated ? Publication.ESCALATED : Publication.CHANGED, null);
        } else if (moment.atMs() - episode.publishedMs >= untilRepeatMs(episode)) {
            episode.repeats++;
            episode.reasons = reasons(episode, moment, down);
            publish(episode, moment, Publication.REPEATED, null);
        }
    }

    /** What holds now; if nothing does, what was said before. */
    private static SortedSet<Reason> reasons(Episode episode, Moment moment, boolean down) {
        SortedSet<Reason> reasons = moment.holding();
        if (reasons.isEmpty()) {
            return episode.reasons;
        }
        if (down) {
            reasons.add(Reason.CONNECTOR_DOWN);
        }
        return reasons;
    }

    private long untilRepeatMs(Episode episode) {
        long waitMs = thresholds.repeatAfter().toMillis();
        for (int i = 0; i < episode.repeats; i++) {
            waitMs = Math.min(2 * waitMs, LONGEST_REPEAT_MS);
        }
        return waitMs;
    }

    private void resolve(Episode episode, Moment moment, Resolution resolution) {
        open.remove(moment.code());
        publish(episode, moment, Publication.RESOLVED, resolution);
    }

    private void publish(Episode episode, Moment moment, Publication publication, Resolution resolution) {
        episode.sequence++;
        episode.publishedMs = moment.atMs();
        Instant at = Instant.ofEpochMilli(moment.atMs());
        published.add(new Published(
                id(moment.code(), episode.openedMs),
                episode.sequence,
                connector,
                moment.code(),
                resolution == null ? AlertState.OPEN : AlertState.RESOLVED,
                episode.severity,
                List.copyOf(episode.reasons),
                publication,
                Instant.ofEpochMilli(episode.sinceMs),
                Instant.ofEpochMilli(episode.openedMs),
                at,
                resolution == null ? null : at,
                resolution,
                Counting.queue(moment.judgement().queue(moment.code()), moment.atMs()),
                moment.judgement().expiredLastHour(moment.code())));
    }

    /** SHA-256 over tenant, connector and code, each after its length, and the opening minute in seconds: 16 bytes. */
    private String id(String code, long openedMs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(connector.tenant(), connector.name(), code)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
            long seconds = Math.floorDiv(openedMs, Intake.MINUTE_MS) * 60;
            digest.update(ByteBuffer.allocate(8).putLong(seconds).array());
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
