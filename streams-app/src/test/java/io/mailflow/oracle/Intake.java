package io.mailflow.oracle;

import io.mailflow.config.TimeSettings;
import io.mailflow.oracle.Row.Kind;
import io.mailflow.oracle.Row.Recipient;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import io.mailflow.schema.ProgressMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the records one by one and says where each event ends: the checks in the design's order. */
final class Intake {

    static final long MINUTE_MS = 60_000;

    private final TimeSettings time;
    private final Routes routes;
    private final Map<Recipient, List<Row>> rows = new LinkedHashMap<>();
    private final Set<List<Object>> seen = new HashSet<>();
    private final TreeMap<Integer, Accounting> accounting = new TreeMap<>();
    private final TreeMap<Integer, Long> progress = new TreeMap<>();
    private final TreeMap<Integer, Long> ends = new TreeMap<>();
    private final List<Expected.Late> late = new ArrayList<>();
    private int read;

    Intake(TimeSettings time, Routes routes) {
        this.time = time;
        this.routes = routes;
    }

    void read(Fed fed) {
        read++;
        int source = fed.partition();
        if (fed.record() instanceof ProgressMark mark) {
            progress.merge(source, mark.progress().toEpochMilli(), Math::max);
        } else if (fed.record() instanceof EndOfInput end) {
            progress.merge(source, end.at().toEpochMilli(), Math::max);
            ends.put(source, progress.get(source));
        } else if (fed.record() instanceof MessageTraceEvent event) {
            boolean future = event.timestamp().isAfter(fed.producedAt().plus(time.futureTolerance()));
            if (!future) {
                progress.merge(source, event.timestamp().minus(time.reorderBound()).toEpochMilli(), Math::max);
            }
            Accounting settled = future ? new Accounting(0, 0, 0, 0, 1) : settle(event, progress.get(source));
            accounting.merge(source, settled, Accounting::plus);
        }
    }

    private Accounting settle(MessageTraceEvent event, long progressMs) {
        Accounting notAnAttempt = new Accounting(0, 0, 1, 0, 0);
        String code = Row.codeOf(event);
        if (saysNothing(event, code)) {
            return notAnAttempt;
        }
        Recipient recipient = Recipient.of(event);
        List<Object> identity = identity(event, recipient, code);
        if (seen.contains(identity)) {
            return new Accounting(0, 1, 0, 0, 0);
        }
        List<Row> known = rows.getOrDefault(recipient, List.of());
        Optional<Kind> kind = kind(event, code, known, progressMs);
        if (kind.isEmpty()) {
            return notAnAttempt;
        }
        long atMs = event.timestamp().toEpochMilli();
        boolean tooLate = atMs < progressMs - time.lateness().toMillis();
        if (tooLate) {
            late.add(new Expected.Late(event, Instant.ofEpochMilli(progressMs)));
            if (known.stream().allMatch(row -> row.kind() == Kind.SENT) && atMs < progressMs - memorableMs(event, known)) {
                return new Accounting(0, 0, 0, 1, 0);
            }
        } else {
            seen.add(identity);
        }
        rows.computeIfAbsent(recipient, key -> new ArrayList<>())
                .add(new Row(read, event, kind.get(), code, progressMs, evaluation(progressMs), tooLate));
        return tooLate ? new Accounting(0, 0, 0, 1, 0) : new Accounting(1, 0, 0, 0, 0);
    }

    /** What needs no history to be no attempt. */
    private boolean saysNothing(MessageTraceEvent event, String code) {
        return switch (event.event()) {
            case OTHER -> true;
            case DEFER -> Row.isPositive(code);
            case CLOSE -> "DROP".equalsIgnoreCase(event.eventName()) && Row.isPositive(code);
            case FAIL -> !Row.isExpiry(code) && (Row.isPositive(code) || routes.isInbound(event));
            case SEND, PENDING, FINAL -> false;
        };
    }

    private Optional<Kind> kind(MessageTraceEvent event, String code, List<Row> known, long progressMs) {
        return switch (event.event()) {
            case SEND -> Optional.of(Kind.SENT);
            case DEFER -> Optional.of(Kind.DEFERRED);
            case PENDING -> Optional.of(Kind.PENDING);
            case FINAL -> Optional.of(Kind.FINAL);
            case CLOSE -> closing(event, known, progressMs);
            case OTHER -> Optional.empty();
            case FAIL -> {
                if (Row.isExpiry(code)) {
                    yield Optional.of(Kind.EXPIRED);
                }
                boolean smtp = event.source() == null || event.source().equalsIgnoreCase("SMTP");
                Row row = new Row(read, event, Kind.REJECTED, code, progressMs, progressMs, false);
                boolean outbound = known.stream().anyMatch(Row::isFailure)
                        || !routes.connectorOf(row, known).equals(Routes.UNKNOWN);
                yield smtp && outbound && !code.equals(Row.NONE)
                        ? Optional.of(Kind.REJECTED)
                        : closing(event, known, progressMs);
            }
        };
    }

    /** A row that only closes needs a queued recipient, or one that only the clock gave up. */
    private Optional<Kind> closing(MessageTraceEvent event, List<Row> known, long progressMs) {
        long atMs = event.timestamp().toEpochMilli();
        boolean open = !known.isEmpty()
                && known.stream().noneMatch(row -> row.kind() == Kind.EXPIRED)
                && new Standing(known, progressMs, routes, time)
                        .place()
                        .filter(place -> place.sinceMs() <= atMs)
                        .isPresent();
        return open ? Optional.of(Kind.CLOSED) : Optional.empty();
    }

    private static List<Object> identity(MessageTraceEvent event, Recipient recipient, String code) {
        boolean named = event.event() == EventClass.FINAL || event.event() == EventClass.CLOSE;
        String status = named ? String.valueOf(event.eventName()) : "";
        return List.of(recipient, event.event(), status, event.timestamp(), code);
    }

    private long memorableMs(MessageTraceEvent event, List<Row> known) {
        Row row = new Row(read, event, Kind.PENDING, Row.NONE, 0, 0, true);
        boolean server = event.platform() == Platform.EXCHANGE_SERVER;
        long lifetimeMs = routes.entry(event.tenant(), routes.connectorOf(row, known))
                .map(ConnectorEntry::lifetime)
                .orElse(server ? time.lifetimeServer() : time.lifetimeOnline())
                .toMillis();
        return Math.max(time.horizon().toMillis(), lifetimeMs + time.margin().toMillis());
    }

    /** The first minute boundary that is not before the progress. */
    static long evaluation(long progressMs) {
        return -Math.floorDiv(-progressMs, MINUTE_MS) * MINUTE_MS;
    }

    /** The instant of the last evaluation, or empty before the first. */
    Optional<Instant> lastEvaluation(int sources) {
        if (progress.size() < sources) {
            return Optional.empty();
        }
        long lowest = progress.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        boolean ended = ends.size() == sources;
        return Optional.of(Instant.ofEpochMilli(ended ? lowest : Math.floorDiv(lowest, MINUTE_MS) * MINUTE_MS));
    }

    boolean ended(int sources) {
        return ends.size() == sources;
    }

    Map<Recipient, List<Row>> rows() {
        return rows;
    }

    Map<Integer, Accounting> accounting() {
        return new HashMap<>(accounting);
    }

    List<Expected.Late> late() {
        return late;
    }
}
