package io.mailflow.oracle;

import io.mailflow.oracle.Expected.Connector;
import io.mailflow.oracle.Expected.Counts;
import io.mailflow.oracle.Expected.Published;
import io.mailflow.oracle.Expected.Queue;
import io.mailflow.oracle.Expected.Totals;
import io.mailflow.oracle.Expected.Window;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Publication;
import io.mailflow.schema.WindowCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what came out with what must come out, in everything that is guaranteed. */
public final class OracleComparison {

    private static final Counts NOTHING = new Counts(0, 0, 0, 0);

    private final List<String> differences = new ArrayList<>();

    private OracleComparison() {}

    /**
     * Every difference, one line each; empty if there is none. Evidence that is not a sum, whether an alert pages, and
     * {@code became-current} publications are not compared.
     */
    public static List<String> differences(Observed observed, Expected expected) {
        OracleComparison comparison = new OracleComparison();
        if (!observed.accounting().isEmpty()) {
            comparison.each("accounting of source", expected.accounting(), observed.accounting());
        }
        comparison.windows(observed, expected);
        comparison.connectors(observed, expected);
        comparison.alerts(observed, expected);
        observed.late()
                .ifPresent(late -> comparison.same(
                        "late events",
                        expected.late(),
                        late.stream()
                                .map(event -> new Expected.Late(event.event(), event.progress()))
                                .toList()));
        observed.recipients().ifPresent(recipients -> comparison.same("recipients", expected.recipients(), recipients));
        return comparison.differences;
    }

    private void windows(Observed observed, Expected expected) {
        Map<Window, Counts> was = new HashMap<>();
        for (WindowCount count : observed.windows()) {
            Window window = new Window(
                    new Connector(count.tenant(), count.connector()),
                    count.code() == null ? "" : count.code(),
                    count.size(),
                    count.start());
            Counts counts = new Counts(count.delivered(), count.attempts(), count.messages(), count.recipients());
            if (!counts.equals(NOTHING)) {
                was.put(window, counts);
            }
            if (expected.ended() && !count.isFinal()) {
                differences.add(window + " is not final");
            }
            if (!count.end().equals(count.start().plus(count.size()))) {
                differences.add(window + " ends at " + count.end());
            }
        }
        each("window", expected.windows(), was);
    }

    private void connectors(Observed observed, Expected expected) {
        Map<Connector, Totals> was = observed.health().stream()
                .collect(Collectors.toMap(
                        health -> new Connector(health.tenant(), health.connector()), OracleComparison::totals));
        TreeMap<String, Totals> should = new TreeMap<>();
        expected.connectors().forEach((connector, totals) -> {
            if (!isEmpty(totals)) {
                should.put(connector.toString(), totals);
            }
        });
        TreeMap<String, Totals> is = new TreeMap<>();
        was.forEach((connector, totals) -> {
            if (!isEmpty(totals)) {
                is.put(connector.toString(), totals);
            }
        });
        part("delivered of", should, is, Totals::delivered);
        part("failed of", should, is, Totals::failed);
        part("failures of", should, is, Totals::failures);
        part("queued messages of", should, is, Totals::queuedMessages);
        part("queue of", should, is, Totals::queue);
        part("expired of", should, is, Totals::expired);
        part("deadlines by the hour of", should, is, Totals::deadlines);
    }

    private static boolean isEmpty(Totals totals) {
        return totals.delivered()
                        + totals.failed()
                        + totals.expired()
                        + totals.queue().recipients()
                == 0;
    }

    private static Totals totals(ConnectorHealth health) {
        SortedMap<String, Counts> failures = new TreeMap<>();
        health.failures().forEach(code -> {
            if (code.attempts() != 0) {
                failures.put(code.code(), new Counts(0, code.attempts(), code.messages(), code.recipients()));
            }
        });
        ConnectorHealth.Queue queue = health.queue();
        return new Totals(
                health.attempts().delivered(),
                health.attempts().failed(),
                failures,
                queue.messages(),
                new Queue(queue.recipients(), queue.oldestSince(), queue.nextDeadline(), queue.expiring()),
                queue.expired(),
                new TreeMap<>(queue.deadlines().stream()
                        .collect(Collectors.toMap(
                                ConnectorHealth.Deadlines::from, ConnectorHealth.Deadlines::recipients))));
    }

    private void alerts(Observed observed, Expected expected) {
        Map<String, List<Published>> should = expected.alerts().stream()
                .collect(Collectors.groupingBy(OracleComparison::key, TreeMap::new, Collectors.toList()));
        Map<String, List<Published>> is = observed.alerts().stream()
                .filter(alert -> alert.publication() != Publication.BECAME_CURRENT)
                .map(OracleComparison::published)
                .collect(Collectors.groupingBy(OracleComparison::key, TreeMap::new, Collectors.toList()));
        Stream.concat(should.keySet().stream(), is.keySet().stream())
                .distinct()
                .sorted()
                .forEach(key -> sequence(key, should.getOrDefault(key, List.of()), is.getOrDefault(key, List.of())));
    }

    /** The first publication in which two lives of an alert differ: the rest follows from it. */
    private void sequence(String key, List<Published> should, List<Published> is) {
        int same = 0;
        while (same < should.size() && same < is.size() && should.get(same).equals(is.get(same))) {
            same++;
        }
        if (same < should.size() || same < is.size()) {
            Object expected = same < should.size() ? should.get(same) : "no more";
            Object was = same < is.size() ? is.get(same) : "no more";
            differences.add("alert " + key + ", publication " + (same + 1) + ": expected\n    " + expected
                    + "\n  but was\n    " + was);
        }
    }

    private static String key(Published alert) {
        return alert.connector() + "/" + alert.code();
    }

    private static Published published(Alert alert) {
        Alert.Queue queue = alert.evidence().queue();
        return new Published(
                alert.id(),
                alert.sequence(),
                new Connector(alert.tenant(), alert.connector()),
                alert.code(),
                alert.state(),
                alert.severity(),
                alert.reasons(),
                alert.publication(),
                alert.since(),
                alert.openedAt(),
                alert.changedAt(),
                alert.resolvedAt(),
                alert.resolution(),
                new Queue(queue.recipients(), queue.oldestSince(), queue.nextDeadline(), queue.expiring()),
                queue.expiredLastHour());
    }

    private <T> void part(String what, Map<String, Totals> should, Map<String, Totals> is, Function<Totals, T> field) {
        Map<String, T> expected = new TreeMap<>();
        Map<String, T> was = new TreeMap<>();
        should.forEach((key, totals) -> expected.put(key, field.apply(totals)));
        is.forEach((key, totals) -> was.put(key, field.apply(totals)));
        each(what, expected, was);
    }

    private <K, V> void each(String what, Map<K, V> should, Map<K, V> is) {
        TreeMap<String, K> keys = new TreeMap<>();
        should.keySet().forEach(key -> keys.put(key.toString(), key));
        is.keySet().forEach(key -> keys.put(key.toString(), key));
        keys.forEach((name, key) -> {
            if (!Objects.equals(should.get(key), is.get(key))) {
                differences.add(what + " " + name + ": expected " + should.get(key) + " but was " + is.get(key));
            }
        });
    }

    /** The same things, each as often, in any order. */
    private <T> void same(String what, List<T> should, List<T> is) {
        Map<T, Integer> balance = new HashMap<>();
        should.forEach(one -> balance.merge(one, 1, Integer::sum));
        is.forEach(one -> balance.merge(one, -1, Integer::sum));
        balance.forEach((one, times) -> {
            if (times != 0) {
                differences.add(what + ": " + (times > 0 ? "missing " : "too many ") + one);
            }
        });
    }
}
