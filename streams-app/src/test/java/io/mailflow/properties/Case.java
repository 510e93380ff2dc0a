package io.mailflow.properties;

import io.mailflow.oracle.Expected;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Observed;
import io.mailflow.oracle.Oracle;
import io.mailflow.oracle.OracleComparison;
import io.mailflow.schema.EndOfInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One input, and how it is read.
 *
 * @param messages what its messages do
 * @param gap minutes without any traffic in the middle
 * @param rest minutes from the last row to the final clock
 * @param sources source partitions
 * @param seed of everything else: flushes, and how fast each source is read
 */
record Case(List<Plan> messages, int gap, int rest, int sources, long seed) {

    /** Rows that a message has on average. */
    private static final int ROWS = 5;

    Case {
        messages = List.copyOf(messages);
    }

    /** A case of at least so many records. */
    static Case random(long seed, int records) {
        Random random = new Random(seed);
        List<Plan> messages = new ArrayList<>();
        Case made = new Case(messages, random.nextInt(300), 1 << random.nextInt(10), 1 + random.nextInt(3), seed);
        do {
            int missing = records - made.input().size();
            IntStream.rangeClosed(0, missing / ROWS).forEach(i -> messages.add(Plan.random(random)));
            made = made.with(messages);
        } while (made.input().size() < records);
        return made;
    }

    Case with(List<Plan> other) {
        return new Case(other, gap, rest, sources, seed);
    }

    List<Fed> input() {
        return Inputs.of(messages, gap, rest, sources);
    }

    /** Where program and oracle differ. */
    List<String> differences() {
        List<Fed> input = input();
        return OracleComparison.differences(run(input), expected(input));
    }

    /** Where the program differs from the oracle once everything was fed again in another order. */
    List<String> differencesFedTwice() {
        List<Fed> once = input();
        List<Fed> twice = new ArrayList<>(once);
        twice.removeIf(fed -> fed.record() instanceof EndOfInput);
        List<Fed> again = new ArrayList<>(twice);
        Inputs.shuffle(again, new Random(seed));
        twice.addAll(again);
        once.stream().filter(fed -> fed.record() instanceof EndOfInput).forEach(twice::add);
        return OracleComparison.differences(run(twice).countsAndAlerts(), expected(once));
    }

    private Observed run(List<Fed> input) {
        return sources == 1
                ? Program.run(World.CONFIG, World.REGISTRY, input, new Random(seed))
                : SeveralSources.run(World.CONFIG, World.REGISTRY, input, sources, new Random(seed));
    }

    private Expected expected(List<Fed> input) {
        return new Oracle(World.TIME, World.ALERTS, World.REGISTRY).expect(input, sources);
    }

    /** A case with as few messages as can be found in some tries, that still differs. */
    Case smallest() {
        Case smallest = this;
        int tries = 60;
        for (int part = messages.size() / 2; part >= 1 && tries > 0; part /= 2) {
            for (int from = 0; from + part <= smallest.messages.size() && tries > 0; ) {
                List<Plan> fewer = new ArrayList<>(smallest.messages);
                fewer.subList(from, from + part).clear();
                Case smaller = smallest.with(fewer);
                tries--;
                if (!fewer.isEmpty() && !smaller.differences().isEmpty()) {
                    smallest = smaller;
                } else {
                    from += part;
                }
            }
        }
        return smallest;
    }
}
