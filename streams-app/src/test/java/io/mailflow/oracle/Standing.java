package io.mailflow.oracle;

import io.mailflow.config.TimeSettings;
import io.mailflow.oracle.Row.Kind;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Platform;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fact.What holds of one recipient, given every row of it that is known.
 *
 * @param rows the known rows, in the order of reading; at least one
 * @param clockMs event time
 */
record Standing(List<Row> rows, long clockMs, Routes routes, TimeSettings time) {

    Standing {
        rows = meaningful(rows, routes);
    }

    /** The rows that say something, each with its meaning. */
    static List<Row> meaningful(List<Row> rows, Routes routes) {
        return rows.stream().flatMap(row -> meaning(row, rows, routes).stream()).toList();
    }

    private static Optional<Row> meaning(Row row, List<Row> rows, Routes routes) {
        if (!row.depends()) {
            return Optional.of(row);
        }
        boolean attempted = rows.stream()
                .anyMatch(other -> other.order() != row.order()
                        && other.atMs() <= row.atMs()
                        && (other.isAttempt() || other.isNamedAttempt())
                        && !other.late());
        if (row.kind() == Kind.FAILED
                && (attempted || !routes.connectorOf(row, rows).equals(Routes.UNKNOWN))) {
            return Optional.of(row.as(Kind.REJECTED));
        }
        long closedMs = rows.stream()
                .filter(other -> other.atMs() < row.atMs() && (other.closes() || other.depends()))
                .mapToLong(Row::atMs)
                .max()
                .orElse(Long.MIN_VALUE);
        boolean open = rows.stream()
                .filter(other -> other.kind() == Kind.DEFERRED || other.kind() == Kind.PENDING)
                .anyMatch(other -> other.atMs() <= row.atMs() && other.atMs() > closedMs);
        return open ? Optional.of(row.as(Kind.CLOSED)) : Optional.empty();
    }

    /** Everything that holds: its attempts, and its place in the queue or how it was given up. */
    Set<Fact.What> facts() {
        Set<Fact.What> facts = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.isAttempt() && !row.late()) {
                Fact.Type type = row.isFailure() ? Fact.Type.FAILED : Fact.Type.SENT;
                facts.add(what(type, routes.connectorOf(row, rows), row.code(), row.atMs(), 0, 0, row.order()));
            }
        }
        place().ifPresent(facts::add);
        return facts;
    }

    /** Its place in the queue or how it was given up; empty if neither. */
    Optional<Fact.What> place() {
        Optional<Row> end = finalStatus();
        Optional<Row> said = givenUp();
        if (end.isPresent()) {
            // Only Failed does not contradict a row that says it was given up.
            boolean failed = "failed".equalsIgnoreCase(end.get().event().eventName());
            return failed ? said.map(this::expired) : Optional.empty();
        }
        if (said.isPresent()) {
            return said.map(this::expired);
        }
        return waiting(Long.MAX_VALUE).map(wait -> overMs(wait.deadlineMs()) <= clockMs ? expiredByClock(wait) : wait);
    }

    /** When the clock gives it up, if it is queued. */
    OptionalLong nextExpiryMs() {
        return place().filter(what -> what.type() == Fact.Type.QUEUED).stream()
                .mapToLong(what -> overMs(what.deadlineMs()))
                .findFirst();
    }

    /** Its place in the queue by the rows before an instant, were there no final status and no clock. */
    private Optional<Fact.What> waiting(long beforeMs) {
        long closedMs = latest(row -> row.closes() && row.atMs() < beforeMs);
        OptionalLong deferred = earliest(row -> row.kind() == Kind.DEFERRED && row.atMs() > closedMs);
        OptionalLong pending = earliest(row -> row.kind() == Kind.PENDING && row.atMs() > closedMs);
        if (deferred.isEmpty() && pending.isEmpty()) {
            return Optional.empty();
        }
        long sinceMs = deferred.orElseGet(pending::getAsLong);
        Row charged = latestFailure()
                .orElseGet(() -> rows.stream()
                        .filter(row -> row.kind() == Kind.PENDING)
                        .findFirst()
                        .orElseThrow());
        String connector = routes.connectorOf(charged, rows);
        // A deferral after it was given up says that it lives on: a lifetime from then.
        long startMs = sinceMs;
        while (true) {
            long givenUpMs = overMs(startMs + lifetimeMs(connector));
            OptionalLong revived = earliest(row -> row.kind() == Kind.DEFERRED && row.atMs() > givenUpMs);
            if (revived.isEmpty()) {
                break;
            }
            startMs = revived.getAsLong();
        }
        long deadlineMs = startMs + lifetimeMs(connector);
        String code = charged.isFailure() ? charged.code() : Row.NONE;
        return Optional.of(what(Fact.Type.QUEUED, connector, code, sinceMs, sinceMs, deadlineMs, 0));
    }

    /** The first row that says it was given up, and that no later row contradicts. */
    private Optional<Row> givenUp() {
        long contradictedMs = latest(row -> row.isAttempt() || row.kind() == Kind.CLOSED);
        return rows.stream()
                .filter(row -> row.kind() == Kind.EXPIRED && row.atMs() >= contradictedMs)
                .min(Comparator.comparingLong(Row::atMs));
    }

    /** Given up by a row, unless the clock was first. */
    private Fact.What expired(Row said) {
        Row charged = latestFailure().orElse(said);
        Optional<Fact.What> wait = waiting(said.atMs());
        long atMs = wait.map(queued -> Math.min(said.atMs(), overMs(queued.deadlineMs())))
                .orElse(said.atMs());
        return what(
                Fact.Type.EXPIRED,
                routes.connectorOf(charged, rows),
                charged.code(),
                atMs,
                wait.map(Fact.What::sinceMs).orElse(atMs),
                wait.map(Fact.What::deadlineMs).orElse(atMs),
                0);
    }

    private Fact.What expiredByClock(Fact.What wait) {
        return what(
                Fact.Type.EXPIRED,
                wait.connector(),
                wait.code(),
                overMs(wait.deadlineMs()),
                wait.sinceMs(),
                wait.deadlineMs(),
                0);
    }

    /** Between final statuses the one observed later decides, then the one read later. */
    private Optional<Row> finalStatus() {
        return rows.stream()
                .filter(row -> row.kind() == Kind.FINAL)
                .max(Comparator.<Row>comparingLong(row -> row.event().observedAt() == null
                                ? Long.MIN_VALUE
                                : row.event().observedAt().toEpochMilli())
                        .thenComparing(Row::order));
    }

    private Optional<Row> latestFailure() {
        return rows.stream()
                .filter(Row::isFailure)
                .max(Comparator.comparingLong(Row::atMs).thenComparing(Row::code));
    }

    private long lifetimeMs(String connector) {
        boolean server = rows.get(0).event().platform() == Platform.EXCHANGE_SERVER;
        Duration usual = server ? time.lifetimeServer() : time.lifetimeOnline();
        return routes.entry(recipient().tenant(), connector)
                .map(ConnectorEntry::lifetime)
                .orElse(usual)
                .toMillis();
    }

    private long overMs(long deadlineMs) {
        return deadlineMs + time.margin().toMillis();
    }

    private Row.Recipient recipient() {
        return Row.Recipient.of(rows.get(0).event());
    }

    private long latest(Predicate<Row> which) {
        return rows.stream().filter(which).mapToLong(Row::atMs).max().orElse(Long.MIN_VALUE);
    }

    private OptionalLong earliest(Predicate<Row> which) {
        return rows.stream().filter(which).mapToLong(Row::atMs).min();
    }

    private Fact.What what(
            Fact.Type type, String connector, String code, long atMs, long sinceMs, long deadlineMs, int order) {
        return new Fact.What(
                type, recipient().tenant(), connector, code, atMs, sinceMs, deadlineMs, recipient(), order);
    }
}
