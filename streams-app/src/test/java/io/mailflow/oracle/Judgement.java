package io.mailflow.oracle;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which reasons of the table hold on one connector at one evaluation. */
final class Judgement {

    private static final long FIVE_MINUTES_MS = 5 * 60_000;
    private static final long HOUR_MS = 12 * FIVE_MINUTES_MS;

    private final ConnectorType type;
    private final AlertSettings thresholds;
    private final boolean route;
    private final long atMs;
    private final List<Fact.What> attempts = new ArrayList<>();
    private final SortedMap<String, List<Fact.What>> queued = new TreeMap<>();
    private final SortedMap<String, Long> expiredLastHour = new TreeMap<>();

    /** A reason that holds on a code. */
    record Finding(Reason reason, String code, Severity severity) {}

    Judgement(ConnectorType type, AlertSettings thresholds, boolean route, long atMs, List<Fact.What> facts) {
        this.type = type;
        this.thresholds = thresholds;
        this.route = route;
        this.atMs = atMs;
        for (Fact.What what : facts) {
            switch (what.type()) {
                case SENT, FAILED -> attempts.add(what);
                case QUEUED ->
                    queued.computeIfAbsent(what.code(), key -> new ArrayList<>())
                            .add(what);
                case EXPIRED -> {
                    if (what.atMs() > atMs - HOUR_MS && what.atMs() <= atMs) {
                        expiredLastHour.merge(what.code(), 1L, Long::sum);
                    }
                }
            }
        }
    }

    List<Fact.What> queue(String code) {
        return queued.getOrDefault(code, List.of());
    }

    Set<String> queuedCodes() {
        return queued.keySet();
    }

    long expiredLastHour(String code) {
        return expiredLastHour.getOrDefault(code, 0L);
    }

    /** Fact.What holds; the reasons that judge the connector are on the code that fails most. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        long wholeMs = Math.floorDiv(atMs, FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
        if (route) {
            List<Fact.What> three = between(wholeMs - 3 * FIVE_MINUTES_MS, wholeMs);
            down(three).ifPresent(findings::add);
            rate(three, between(wholeMs - 12 * FIVE_MINUTES_MS, wholeMs)).ifPresent(findings::add);
        }
        queued.forEach((code, queue) -> backlog(code, queue).ifPresent(findings::add));
        queued.forEach((code, queue) -> expiry(code, queue).ifPresent(findings::add));
        expiredLastHour.forEach((code, recipients) -> {
            if (recipients >= mattering(thresholds.expiredRecipients())) {
                findings.add(new Finding(Reason.MESSAGES_EXPIRED, code, Severity.CRITICAL));
            }
        });
        return findings;
    }

    private Optional<Finding> down(List<Fact.What> three) {
        long hourMs = Math.floorDiv(atMs, HOUR_MS) * HOUR_MS;
        List<Fact.What> current = between(hourMs, hourMs + HOUR_MS);
        List<Fact.What> previous = between(hourMs - HOUR_MS, hourMs);
        List<Fact.What> both = between(hourMs - HOUR_MS, hourMs + HOUR_MS);
        long messages = Math.max(
                Counting.counts(current).messages(), Counting.counts(previous).messages());
        boolean minutes = failed(three) >= thresholds.downAttempts()
                && messages >= thresholds.downMessages()
                && failed(three) == three.size();
        boolean hours = type != ConnectorType.INTERNET
                && failed(both) >= thresholds.downHourlyAttempts()
                && messages >= thresholds.downHourlyMessages()
                && failed(both) == both.size();
        if (minutes || hours) {
            return Optional.of(
                    new Finding(Reason.CONNECTOR_DOWN, mostAttempted(minutes ? three : both), Severity.HIGH));
        }
        return Optional.empty();
    }

    private Optional<Finding> rate(List<Fact.What> three, List<Fact.What> hour) {
        boolean holds = hour.size() >= thresholds.failureAttempts()
                && !three.isEmpty()
                && failed(three) >= thresholds.failureShare() * three.size()
                && failed(hour) >= thresholds.failureShare() * hour.size();
        return holds
                ? Optional.of(new Finding(Reason.FAILURE_RATE, mostAttempted(three), Severity.WARNING))
                : Optional.empty();
    }

    private Optional<Finding> backlog(String code, List<Fact.What> queue) {
        long longerMs = atMs - thresholds.backlogAge().toMillis();
        long old = queue.stream().filter(what -> what.sinceMs() < longerMs).count();
        if (old >= thresholds.backlogHigh()) {
            return Optional.of(new Finding(Reason.QUEUE_BACKLOG, code, Severity.HIGH));
        }
        return old >= thresholds.backlogWarning()
                ? Optional.of(new Finding(Reason.QUEUE_BACKLOG, code, Severity.WARNING))
                : Optional.empty();
    }

    private Optional<Finding> expiry(String code, List<Fact.What> queue) {
        return severity(queue).map(severity -> new Finding(Reason.EXPIRY_RISK, code, severity));
    }

    private Optional<Severity> severity(List<Fact.What> queue) {
        Map<Severity, Duration> levels = new TreeMap<>(Comparator.reverseOrder());
        levels.put(Severity.CRITICAL, thresholds.expiryCritical());
        levels.put(Severity.HIGH, thresholds.expiryHigh());
        levels.put(Severity.WARNING, thresholds.expiryWarning());
        long mattering = mattering(thresholds.expiryRecipients());
        return levels.entrySet().stream()
                .filter(level -> Counting.expiring(queue, atMs, level.getValue()) >= mattering)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Any number matters on a smart-host connector. */
    private long mattering(int elsewhere) {
        return type == ConnectorType.SMART_HOST ? 1 : elsewhere;
    }

    private List<Fact.What> between(long fromMs, long toMs) {
        return attempts.stream()
                .filter(what -> what.atMs() >= fromMs && what.atMs() < toMs)
                .toList();
    }

    private static long failed(List<Fact.What> attempts) {
        return attempts.stream().filter(what -> what.type() == Fact.Type.FAILED).count();
    }

    /** The code with most failed attempts, of equals the smallest. */
    private static String mostAttempted(List<Fact.What> attempts) {
        TreeMap<String, Long> byCode = new TreeMap<>();
        attempts.stream()
                .filter(what -> what.type() == Fact.Type.FAILED)
                .forEach(what -> byCode.merge(what.code(), 1L, Long::sum));
        long most = byCode.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return byCode.entrySet().stream()
                .filter(code -> code.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
