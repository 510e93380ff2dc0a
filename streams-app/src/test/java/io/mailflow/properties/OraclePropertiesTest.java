package io.mailflow.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.properties.Plan.Shape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever the input, the program says what the oracle says. The quick form; {@link ManyCasesTest} is the long one. */
class OraclePropertiesTest {

    private static final int MOST_MESSAGES = 40;

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void programAgreesWithOracle(@ForAll("cases") Case input) {
        assertThat(input.differences()).isEmpty();
    }

    @Property(tries = 15, shrinking = ShrinkingMode.BOUNDED)
    void feedingTwiceChangesNothing(@ForAll("cases") Case input) {
        assertThat(input.differencesFedTwice()).isEmpty();
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Plan> messages = Combinators.combine(
                        Arbitraries.integers().between(0, Plan.SPAN),
                        Arbitraries.integers().between(0, World.ROUTES.size() - 1),
                        Arbitraries.of(Shape.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Plan::new);
        return Combinators.combine(
                        messages.list().ofMinSize(1).ofMaxSize(MOST_MESSAGES),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.of(0, 1, 15, 60, 240, 900),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.longs())
                .as(Case::new);
    }
}
