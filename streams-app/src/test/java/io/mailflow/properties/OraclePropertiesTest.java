package io.mailflow.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.oracle.Expected;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Observed;
import io.mailflow.oracle.Oracle;
import io.mailflow.oracle.OracleComparison;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Whatever the input, the program says what the oracle says. */
class OraclePropertiesTest {

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void programAgreesWithOracle(
            @ForAll("messages") List<Plan> messages,
            @ForAll @IntRange(min = 0, max = 300) int gap,
            @ForAll @IntRange(min = 0, max = 900) int rest,
            @ForAll @IntRange(min = 1, max = 100) int flushEvery) {
        List<Fed> input = Inputs.of(messages, gap, rest);

        Expected expected = new Oracle(World.TIME, World.ALERTS, World.REGISTRY).expect(input, 1);
        Observed observed = Program.run(World.CONFIG, World.REGISTRY, input, flushEvery);

        assertThat(OracleComparison.differences(observed, expected)).isEmpty();
    }

    @Provide
    Arbitrary<List<Plan>> messages() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 900),
                        Arbitraries.integers().between(0, World.ROUTES.size() - 1),
                        Arbitraries.of(Plan.Shape.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Plan::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
