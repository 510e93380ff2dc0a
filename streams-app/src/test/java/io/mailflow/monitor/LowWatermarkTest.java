package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.tracker.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LowWatermarkTest {

    private static final long NOON = at("2026-01-05T12:00:00Z");
    private static final long WALL = at("2026-02-01T00:00:00Z");
    private static final Duration IDLE = Duration.ofMinutes(5);

    @Test
    void isTheMinimumOfAllSources() {
        LowWatermark watermark = LowWatermark.start(IDLE, WALL)
                .hear(new Heartbeat(0, 2, NOON + 5, false), WALL)
                .hear(new Heartbeat(1, 2, NOON, false), WALL);
        assertThat(watermark.progressMs(WALL)).hasValue(NOON);
    }

    @Test
    void waitsForASourceNeverHeardOf() {
        LowWatermark watermark = LowWatermark.start(IDLE, WALL).hear(new Heartbeat(0, 2, NOON, false), WALL);
        assertThat(watermark.progressMs(WALL + IDLE.toMillis() - 1)).isEmpty();
    }

    @Test
    void knowsNothingBeforeTheFirstHeartbeat() {
        LowWatermark watermark = LowWatermark.start(IDLE, WALL);
        assertThat(watermark.progressMs(WALL)).isEmpty();
        assertThat(watermark.progressMs(WALL + IDLE.toMillis() + 1)).isEmpty();
        assertThat(watermark.endedMs()).isEmpty();
    }

    @Test
    void leavesOutASilentSourceUntilItSpeaksAgain() {
        long later = WALL + IDLE.toMillis();
        LowWatermark watermark = LowWatermark.start(IDLE, WALL)
                .hear(new Heartbeat(1, 2, NOON, false), WALL)
                .hear(new Heartbeat(0, 2, NOON + 60_000, false), later - 1);
        assertThat(watermark.progressMs(later - 1)).hasValue(NOON);
        assertThat(watermark.progressMs(later)).hasValue(NOON + 60_000);
        assertThat(watermark.hear(new Heartbeat(1, 2, NOON + 1, false), later).progressMs(later))
                .hasValue(NOON + 1);
    }

    @Test
    void standsStillWhenAllAreSilent() {
        LowWatermark watermark = LowWatermark.start(IDLE, WALL).hear(new Heartbeat(0, 1, NOON, false), WALL);
        assertThat(watermark.progressMs(WALL + IDLE.toMillis())).isEmpty();
    }

    @Test
    void neverGoesBack() {
        LowWatermark watermark = LowWatermark.start(IDLE, WALL)
                .hear(new Heartbeat(0, 1, NOON, false), WALL)
                .hear(new Heartbeat(0, 1, NOON - 1, false), WALL);
        assertThat(watermark.progressMs(WALL)).hasValue(NOON);
    }

    @Test
    void endsAtTheLatestFinalClockOnceAllHaveEnded() {
        LowWatermark one = LowWatermark.start(IDLE, WALL).hear(new Heartbeat(0, 2, NOON, true), WALL);
        assertThat(one.endedMs()).isEmpty();
        LowWatermark both = one.hear(new Heartbeat(1, 2, NOON + 7, true), WALL);
        assertThat(both.endedMs()).hasValue(NOON + 7);
        assertThat(both.hear(new Heartbeat(1, 2, NOON + 8, false), WALL).endedMs())
                .isEmpty();
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
