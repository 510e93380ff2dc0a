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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the records one by one and says where each event ends: the checks in the design's order. */
final class Intake {

    static final long MINUTE_MS = 60_000;

    private final TimeSettings time;
    private final Routes routes;
    private final Map<Recipient, List<Row>> rows = new LinkedHashMap<>();
    private final Map<List<Object>, Row> seen = new HashMap<>();
    private final TreeMap<Integer, Accounting> accounting = new TreeMap<>();
    private final TreeMap<Integer, Long> progress = new TreeMap<>();
    private final TreeMap<Integer, Long> ends = new TreeMap<>();
    private final Map<Recipient, Integer> sources = new HashMap<>();
    private final List<Expected.Late> late = new ArrayList<>();
    private int read;

    Intake(TimeSettings time, Routes routes) {
        this.time = time;
        this.routes = routes;
    }

    void read(Fed fed) {
        read++;
        int source = fed.partition();
        accounting.putIfAbsent(source, Accounting.NONE);
        if (fed.record() instanceof ProgressMark mark) {
            progress.merge(source, mark.progress().toEpochMilli(), Math::max);
        } else if (fed.record() instanceof EndOfInput end) {
            progress.merge(source, end.at().toEpochMilli(), Math::max);
            ends.put(source, progress.get(source));
        } else if (fed.record() instanceof MessageTraceEvent event) {
            boolean future = event.timestamp().isAfter(fed.producedAt().plus(time.futureTolerance()));
            if (!future) {
                progress.merge(
                        source, event.timestamp().minus(time.reorderBound()).toEpochMilli(), Math::max);
            }
            sources.put(Recipient.of(event), source);
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
        List<Row> known = rows.computeIfAbsent(recipient, key -> new ArrayList<>());
        List<Object> identity = identity(event, recipient, code);
        Row before = seen.get(identity);
        if (before != null) {
            return says(before, known) ? new Accounting(0, 1, 0, 0, 0) : notAnAttempt;
        }
        long atMs = event.timestamp().toEpochMilli();
        boolean tooLate = atMs < progressMs - time.lateness().toMillis();
        Row row = new Row(read, event, kind(event, code), code, progressMs, evaluation(progressMs), tooLate);
        known.add(row);
        if (!tooLate) {
            seen.put(identity, row);
            // Whether it says something may turn out later.
            return row.depends() ? Accounting.NONE : new Accounting(1, 0, 0, 0, 0);
        }
        if (!says(row, known)) {
            known.remove(row);
            return notAnAttempt;
        }
        late.add(new Expected.Late(event, Instant.ofEpochMilli(progressMs)));
        boolean remembered =
                known.stream().anyMatch(other -> other.order() != row.order() && other.kind() != Kind.SENT);
        if (!remembered && atMs <= progressMs - memorableMs(event, known)) {
            known.remove(row);
        } else {
            seen.put(identity, row);
        }
        return new Accounting(0, 0, 0, 1, 0);
    }

    private boolean says(Row row, List<Row> known) {
        return Standing.meaningful(known, routes).stream().anyMatch(other -> other.order() == row.order());
    }

    /** What needs no history to be no attempt. */
    private boolean saysNothing(MessageTraceEvent event, String code) {
        return switch (event.event()) {
            case OTHER -> true;
            case DEFER -> Row.isPositive(code);
            case FAIL -> !Row.isExpiry(code) && (Row.isPositive(code) || routes.isInbound(event));
            case SEND, CLOSE, PENDING, FINAL -> false;
        };
    }

    private static Kind kind(MessageTraceEvent event, String code) {
        return switch (event.event()) {
            case SEND -> Kind.SENT;
            case DEFER -> Kind.DEFERRED;
            case PENDING -> Kind.PENDING;
            case FINAL -> Kind.FINAL;
            case CLOSE, OTHER -> Kind.CLOSED;
            case FAIL -> {
                if (Row.isExpiry(code)) {
                    yield Kind.EXPIRED;
                }
                boolean smtp = event.source() == null || event.source().equalsIgnoreCase("SMTP");
                yield smtp && !code.equals(Row.NONE) ? Kind.FAILED : Kind.CLOSED;
            }
        };
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
        long lowest =
                progress.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        boolean ended = ends.size() == sources;
        return Optional.of(Instant.ofEpochMilli(ended ? lowest : Math.floorDiv(lowest, MINUTE_MS) * MINUTE_MS));
    }

    boolean ended(int sources) {
        return ends.size() == sources;
    }

    Map<Recipient, List<Row>> rows() {
        return rows;
    }

    /** What became of the events, now that everything is known. */
    Map<Integer, Accounting> accounting() {
        Map<Integer, Accounting> all = new HashMap<>(accounting);
        rows.forEach((recipient, known) -> known.stream()
                .filter(row -> row.depends() && !row.late())
                .forEach(row -> all.merge(
                        sources.get(recipient),
                        says(row, known) ? new Accounting(1, 0, 0, 0, 0) : new Accounting(0, 0, 1, 0, 0),
                        Accounting::plus)));
        return all;
    }

    List<Expected.Late> late() {
        return late;
    }
}
