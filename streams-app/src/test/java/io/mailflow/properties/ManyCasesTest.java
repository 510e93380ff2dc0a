package io.mailflow.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The long form: many large cases, with {@code mailflow.long} only. {@code mailflow.cases} says how many,
 * {@code mailflow.events} of how many records at least, {@code mailflow.seed} with which one to begin.
 */
@EnabledIfSystemProperty(named = "mailflow.long", matches = "true")
class ManyCasesTest {

    private static final int CASES = Integer.getInteger("mailflow.cases", 200);
    private static final int RECORDS = Integer.getInteger("mailflow.events", 5_000);
    private static final long FIRST_SEED = Long.getLong("mailflow.seed", 1);

    private static final int SHOWN = 10;

    @Test
    void programAgreesWithOracle() {
        long records = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
            Case input = Case.random(seed, RECORDS);
            List<String> differences = input.differences();
            assertThat(differences.stream().limit(SHOWN))
                    .as(() -> "%d differences with -Dmailflow.seed=%d; a smaller case: %s"
                            .formatted(differences.size(), input.seed(), input.smallest()))
                    .isEmpty();
            records += input.input().size();
        }
        System.out.printf("%d cases of %,d records in all: 0 differences%n", CASES, records);
    }
}
