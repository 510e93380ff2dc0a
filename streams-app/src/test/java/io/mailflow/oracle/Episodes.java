package io.mailflow.oracle;

import io.mailflow.config.AlertSettings;
import io.mailflow.oracle.Expected.Connector;
import io.mailflow.oracle.Expected.Published;
import io.mailflow.oracle.Fact.Type;
import io.mailflow.oracle.Fact.What;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The alerts of one connector, minute by minute. */
final class Episodes {

    /** A reason that did not hold for so long goes, while another one holds. */
    private static final long SETTLED_MS = Duration.ofMinutes(15).toMillis();

    private static final long LONGEST_REPEAT_MS = Duration.ofHours(24).toMillis();

    private final Connector connector;
    private final ConnectorType type;
    private final AlertSettings thresholds;
    private final TreeMap<String, Episode> open = new TreeMap<>();
    private final List<Published> published = new ArrayList<>();

    Episodes(Connector connector, Routes routes, AlertSettings alerts) {
        Optional<ConnectorEntry> entry = routes.entry(connector.tenant(), connector.name());
        this.connector = connector;
        this.type = entry.map(ConnectorEntry::type).orElse(ConnectorType.UNKNOWN);
        this.thresholds = entry.map(known -> alerts.overriddenBy(known.thresholds())).orElse(alerts);
    }

    /** An open alert. */
    private static final class Episode {
        long openedMs;
        long sinceMs;
        int sequence;
        Severity severity;
        TreeSet<Reason> reasons = new TreeSet<>();
        Map<Reason, Long> lastHeldMs = new EnumMap<>(Reason.class);
        long publishedMs;
        int repeats;
        Long lastFailureMs;
        Long quietSinceMs;
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
        List<What> now = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.holdsAt(atMs)) {
                now.add(fact.what());
            }
        }
        boolean route = !connector.name().equals(Routes.UNKNOWN);
        Judgement judgement = new Judgement(type, thresholds, route, atMs, now);
        TreeMap<String, List<Finding>> findings = new TreeMap<>();
        for (Finding finding : judgement.findings()) {
            findings.computeIfAbsent(attached(finding), code -> new ArrayList<>()).add(finding);
        }
        TreeSet<String> codes = new TreeSet<>(findings.keySet());
        codes.addAll(open.keySet());
        for (String code : codes) {
            Moment moment = new Moment(code, atMs, judgement, now, findings.getOrDefault(code, List.of()));
            if (open.containsKey(code)) {
                goOn(open.get(code), moment);
            } else {
                open(moment);
            }
        }
    }

    /** A reason that judges the connector stays on the code that it is open on. */
    private String attached(Finding finding) {
        boolean judgesConnector =
                finding.reason() == Reason.CONNECTOR_DOWN || finding.reason() == Reason.FAILURE_RATE;
        return open.entrySet().stream()
                .filter(episode -> judgesConnector && episode.getValue().reasons.contains(finding.reason()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(finding.code());
    }

    /** One code at one evaluation. */
    private record Moment(String code, long atMs, Judgement judgement, List<What> now, List<Finding> findings) {

        TreeSet<Reason> holding() {
            TreeSet<Reason> holding = new TreeSet<>();
            findings.forEach(finding -> holding.add(finding.reason()));
            return holding;
        }

        Severity severity(Severity atLeast) {
            return findings.stream().map(Finding::severity).reduce(atLeast, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }

        Long newest(Type type, String ofCode) {
            return now.stream()
                    .filter(what -> what.type() == type && (ofCode == null || what.code().equals(ofCode)))
                    .map(What::atMs)
                    .max(Long::compare)
                    .orElse(null);
        }
    }

    private void open(Moment moment) {
        Episode episode = new Episode();
        episode.openedMs = moment.atMs();
        episode.sinceMs = sinceMs(moment);
        episode.severity = moment.severity(Severity.WARNING);
        episode.reasons = moment.holding();
        episode.reasons.forEach(reason -> episode.lastHeldMs.put(reason, moment.atMs()));
        episode.lastFailureMs = moment.newest(Type.FAILED, moment.code());
        open.put(moment.code(), episode);
        publish(episode, moment, Publication.OPENED, null);
    }

    /** The first failure since the code was last quiet, or the first deferral of what is queued. */
    private long sinceMs(Moment moment) {
        long quietMs = thresholds.resolveAfter().toMillis();
        Long began = null;
        long previous = 0;
        for (long failed : moment.now().stream()
                .filter(what -> what.type() == Type.FAILED && what.code().equals(moment.code()))
                .mapToLong(What::atMs)
                .sorted()
                .toArray()) {
            began = began == null || failed - previous > quietMs ? Long.valueOf(failed) : began;
            previous = failed;
        }
        long since = began == null ? moment.atMs() : Math.min(began, moment.atMs());
        return moment.judgement().queue(moment.code()).stream()
                .mapToLong(What::sinceMs)
                .reduce(since, Math::min);
    }

    private void goOn(Episode episode, Moment moment) {
        TreeSet<Reason> holding = moment.holding();
        holding.forEach(reason -> episode.lastHeldMs.put(reason, moment.atMs()));
        Long lastFailure = moment.newest(Type.FAILED, moment.code());
        episode.lastFailureMs = lastFailure == null ? episode.lastFailureMs : lastFailure;
        boolean drained = moment.judgement().queue(moment.code()).isEmpty();
        boolean quiet = holding.isEmpty() && drained;
        episode.quietSinceMs = !quiet ? null : episode.quietSinceMs == null ? moment.atMs() : episode.quietSinceMs;

        boolean nothingRemains = quiet && lastFailure == null && moment.judgement().expiredLastHour(moment.code()) == 0;
        if (nothingRemains && episode.lastFailureMs != null) {
            resolve(episode, moment, Resolution.DISPROVED);
        } else if (quiet && quietTimePassed(episode, moment) && !maybeStillDown(episode, moment)) {
            boolean delivered = deliveredSince(episode, moment);
            resolve(episode, moment, delivered ? Resolution.RECOVERED : Resolution.GAVE_UP);
        } else {
            stayOpen(episode, moment);
        }
    }

    private boolean quietTimePassed(Episode episode, Moment moment) {
        long fromMs = moment.atMs() - thresholds.resolveAfter().toMillis();
        return episode.quietSinceMs <= fromMs && (episode.lastFailureMs == null || episode.lastFailureMs <= fromMs);
    }

    private boolean maybeStillDown(Episode episode, Moment moment) {
        return episode.reasons.contains(Reason.CONNECTOR_DOWN)
                && !deliveredSince(episode, moment)
                && attemptedLately(moment);
    }

    private boolean deliveredSince(Episode episode, Moment moment) {
        Long delivered = moment.newest(Type.SENT, null);
        Long trouble = episode.lastFailureMs == null ? episode.quietSinceMs : episode.lastFailureMs;
        return delivered != null && delivered > trouble;
    }

    private boolean attemptedLately(Moment moment) {
        long fromMs = moment.atMs() - thresholds.gaveUpAfter().toMillis();
        return moment.now().stream()
                .anyMatch(what -> (what.type() == Type.SENT || what.type() == Type.FAILED) && what.atMs() > fromMs);
    }

    private void stayOpen(Episode episode, Moment moment) {
        Severity severity = moment.severity(episode.severity);
        TreeSet<Reason> reasons = new TreeSet<>(episode.reasons);
        if (!moment.holding().isEmpty()) {
            reasons.removeIf(reason -> gone(episode, reason, moment));
            reasons.addAll(moment.holding());
        }
        boolean escalated = severity != episode.severity;
        boolean changed = !reasons.equals(episode.reasons);
        if (escalated || changed) {
            episode.severity = severity;
            episode.reasons = reasons;
            episode.repeats = 0;
            publish(episode, moment, escalated ? Publication.ESCALATED : Publication.CHANGED, null);
        } else if (moment.atMs() - episode.publishedMs >= untilRepeatMs(episode)) {
            episode.repeats++;
            publish(episode, moment, Publication.REPEATED, null);
        }
    }

    /** A connector that was down is down until a delivery, or a long time without attempts. */
    private boolean gone(Episode episode, Reason reason, Moment moment) {
        long heldMs = episode.lastHeldMs.get(reason);
        if (moment.atMs() - heldMs < SETTLED_MS) {
            return false;
        }
        Long delivered = moment.newest(Type.SENT, null);
        return reason != Reason.CONNECTOR_DOWN
                || (delivered != null && delivered >= heldMs - SETTLED_MS)
                || !attemptedLately(moment);
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
