package io.mailflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateForecastTest {

    private static final Instant EIGHT = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration LATENESS = Duration.ofMinutes(10);

    @Test
    void shouldCountWhatIsOlderThanItsPartitionsProgressAndLateness() {
        LateForecast forecast = new LateForecast(Map.of(0, EIGHT), 1, LATENESS);
        forecast.add(InputsTest.event(EIGHT.minus(LATENESS).minusMillis(1), "a@partner.example"));
        assertThat(forecast.late()).isEqualTo(1);
        forecast.add(InputsTest.event(EIGHT.minus(LATENESS), "b@partner.example"));
        forecast.add(InputsTest.event(EIGHT.plusSeconds(1), "c@partner.example"));
        assertThat(forecast.late()).isEqualTo(1);
        assertThat(forecast.furthest()).contains(EIGHT);
    }

    @Test
    void shouldForecastNothingWhereNothingIsKnown() {
        LateForecast forecast = new LateForecast(Map.of(), 3, LATENESS);
        forecast.add(InputsTest.event(Instant.EPOCH, "a@partner.example"));
        assertThat(forecast.late()).isZero();
        assertThat(forecast.furthest()).isEmpty();
    }
}
