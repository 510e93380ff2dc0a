package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void shouldSayOnceHowLongTheProcessStoodStill() {
        Standstill standstill = new Standstill(NOON);

        assertThat(standstill.look(NOON.plusMillis(29_999))).isEmpty();
        assertThat(standstill.look(NOON.plusSeconds(29 + 390)).orElseThrow())
                .startsWith("This process stood still for 6m 29s, as when a machine sleeps");
        assertThat(standstill.look(NOON.plusSeconds(29 + 391))).isEmpty();
    }

    @Test
    void shouldSayNothingWhenAClockIsSetBack() {
        assertThat(new Standstill(NOON).look(NOON.minusSeconds(3_600))).isEmpty();
    }
}
