package io.mailflow.oracle;

import io.mailflow.config.AlertSettings;
import io.mailflow.config.TimeSettings;
import io.mailflow.oracle.Expected.Connector;
import io.mailflow.oracle.Expected.Published;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.schema.RecipientStatus.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fact.What the program must say about an input, computed in memory from the whole history at every minute, and sharing
 * nothing with the program but the records it reads and the settings.
 *
 * <p>It knows nothing of memory that ends: an input must not come back to a recipient after its horizon. It reads a
 * code only where a text begins with it, and no causes: its inputs use texts without one, so that an alert changes
 * meaning by its reasons alone. The clock never stands still for it: nothing here is provisional, pageable or
 * {@code became-current}.
 */
public final class Oracle {

    private final TimeSettings time;
    private final AlertSettings alerts;
    private final Routes routes;

    /** An oracle for programs with these settings and this registry. */
    public Oracle(TimeSettings time, AlertSettings alerts, List<ConnectorEntry> registry) {
        this.time = time;
        this.alerts = alerts;
        this.routes = new Routes(registry);
    }

    /**
     * Fact.What comes out once everything was read.
     *
     * @param input the records of all source partitions, each partition's in the order of its offsets
     * @param sources how many source partitions there are
     */
    public Expected expect(List<Fed> input, int sources) {
        Intake intake = new Intake(time, routes);
        input.forEach(intake::read);
        Instant at = intake.lastEvaluation(sources)
                .orElseThrow(() -> new IllegalArgumentException("not every source says how far it is"));
        Map<Connector, List<Fact>> facts =
                new TreeMap<>(Comparator.comparing(Connector::tenant).thenComparing(Connector::name));
        boolean ended = intake.ended(sources);
        intake.rows()
                .values()
                .forEach(rows -> facts(rows, at.toEpochMilli(), ended)
                        .forEach(fact -> facts.computeIfAbsent(
                                        new Connector(
                                                fact.what().tenant(),
                                                fact.what().connector()),
                                        key -> new ArrayList<>())
                                .add(fact)));

        Map<Expected.Window, Expected.Counts> windows = new HashMap<>();
        Map<Connector, Expected.Totals> totals = new HashMap<>();
        List<RecipientStatus> recipients = new ArrayList<>();
        List<Published> published = new ArrayList<>();
        facts.forEach((connector, all) -> {
            List<Fact.What> now = all.stream()
                    .filter(fact -> fact.holdsAt(at.toEpochMilli()))
                    .map(Fact::what)
                    .toList();
            windows.putAll(Counting.windows(connector, now));
            totals.put(connector, Counting.totals(now, at.toEpochMilli()));
            now.stream()
                    .filter(what -> what.type() == Fact.Type.QUEUED || what.type() == Fact.Type.EXPIRED)
                    .forEach(what -> recipients.add(status(what)));
            published.addAll(new Episodes(connector, routes, alerts).over(all, at.toEpochMilli()));
        });
        published.sort(Comparator.comparing(Published::changedAt));
        return new Expected(at, ended, intake.accounting(), intake.late(), windows, totals, recipients, published);
    }

    /** Everything that ever held of a recipient, and from when to when. */
    private List<Fact> facts(List<Row> rows, long lastMs, boolean ended) {
        List<Fact> facts = new ArrayList<>();
        Map<Fact.What, Long> holding = new HashMap<>();
        TreeSet<Long> moments = new TreeSet<>();
        // The final clock may lie before the whole minute that the last rows count for.
        rows.forEach(row -> moments.add(ended ? Math.min(row.knownMs(), lastMs) : row.knownMs()));
        while (!moments.isEmpty() && moments.first() <= lastMs) {
            long ms = moments.pollFirst();
            List<Row> known = rows.stream()
                    .filter(row -> row.knownMs() <= ms || (ended && ms == lastMs))
                    .toList();
            Standing standing = new Standing(known, ms, routes, time);
            Set<Fact.What> now = standing.facts();
            holding.entrySet().removeIf(held -> {
                boolean gone = !now.contains(held.getKey());
                if (gone) {
                    facts.add(new Fact(held.getKey(), held.getValue(), ms));
                }
                return gone;
            });
            now.forEach(what -> holding.putIfAbsent(what, ms));
            OptionalLong next = standing.nextExpiryMs();
            if (next.isPresent() && next.getAsLong() <= lastMs) {
                moments.add(next.getAsLong());
            }
        }
        holding.forEach((what, fromMs) -> facts.add(new Fact(what, fromMs, Long.MAX_VALUE)));
        return facts;
    }

    private static RecipientStatus status(Fact.What what) {
        return new RecipientStatus(
                what.tenant(),
                what.connector(),
                what.code(),
                what.type() == Fact.Type.QUEUED ? State.QUEUED : State.EXPIRED,
                Instant.ofEpochMilli(what.sinceMs()),
                Instant.ofEpochMilli(what.deadlineMs()),
                what.recipient().message(),
                what.recipient().address());
    }
}
