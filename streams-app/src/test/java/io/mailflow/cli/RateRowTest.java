package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.readmodel.CapacityRow;
import io.mailflow.readmodel.FailureRate;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateRowTest {

    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");

    @Test
    void shouldTellDeliveriesAndShareOfTheWholeConnectorOnly() {
        CapacityRow whole = RateRow.of(rate(null, 89, 1));
        assertThat(whole.delivered()).isEqualTo(88);
        assertThat(whole.failingShare()).isEqualTo(0.011236);

        CapacityRow code = RateRow.of(rate("450 4.4.316", 89, 1));
        assertThat(code.failed()).isEqualTo(1);
        assertThat(code.delivered()).isZero();
        assertThat(code.failingShare()).isNull();
    }

    @Test
    void shouldWriteSharesInPlainDigits() {
        assertThat(share(1_000_000, 1)).isEqualTo("0.0000010");
        assertThat(share(3, 2)).isEqualTo("0.666667");
    }

    private static String share(long attempts, long failed) {
        return RateRow.digits(
                Objects.requireNonNull(RateRow.of(rate(null, attempts, failed)).failingShare()));
    }

    private static FailureRate rate(@Nullable String code, long attempts, long failed) {
        return new FailureRate(
                "default", "Out", code, NINE, TEN, attempts, failed, (double) failed / attempts, failed, failed, true);
    }
}
