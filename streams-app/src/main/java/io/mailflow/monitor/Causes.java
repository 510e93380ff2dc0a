package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Failed attempts by the cause their reply named.
 *
 * @param attempts attempts by the catalogue's token; none is zero
 */
record Causes(SortedMap<String, Long> attempts) {

    static final Causes NONE = new Causes(Collections.emptySortedMap());

    Causes {
        attempts = Collections.unmodifiableSortedMap(attempts);
    }

    /** The sum of both. */
    Causes plus(SortedMap<String, Long> other) {
        if (other.isEmpty()) {
            return this;
        }
        TreeMap<String, Long> sum = new TreeMap<>(attempts);
        other.forEach((cause, count) -> sum.merge(cause, count, Long::sum));
        sum.values().removeIf(count -> count == 0);
        return new Causes(sum);
    }

    /** The sum of all. */
    static Causes sum(Stream<Causes> all) {
        TreeMap<String, Long> sum = new TreeMap<>();
        all.forEach(causes -> causes.attempts.forEach((cause, count) -> sum.merge(cause, count, Long::sum)));
        sum.values().removeIf(count -> count == 0);
        return sum.isEmpty() ? NONE : new Causes(sum);
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    /** Those with attempts, most attempts first, of equals the smallest first. */
    List<Map.Entry<String, Long>> mostFrequentFirst() {
        return attempts.entrySet().stream()
                .filter(cause -> cause.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    void write(BinaryOutput out) {
        out.list(attempts.entrySet(), (o, cause) -> o.text(cause.getKey()).signed(cause.getValue()));
    }

    static Causes read(BinaryInput in) {
        TreeMap<String, Long> attempts = new TreeMap<>();
        in.list(i -> Map.entry(i.text(), i.signed())).forEach(cause -> attempts.put(cause.getKey(), cause.getValue()));
        return new Causes(attempts);
    }
}
