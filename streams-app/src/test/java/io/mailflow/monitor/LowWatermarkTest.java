package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.tracker.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 60000", "1, 60000"})
    void leavesOutASourceExactlyAtTheIdleTimeout(long ms, long ahead) {
        long silent = WALL + IDLE.toMillis() + ms;
        LowWatermark watermark = LowWatermark.start(IDLE, WALL)
                .hear(new Heartbeat(1, 2, NOON, false), WALL)
                .hear(new Heartbeat(0, 2, NOON + 60_000, false), WALL + 1_000);
        assertThat(watermark.progressMs(silent)).hasValue(NOON + ahead);
    }

    /** Then the way here was silent, as after a pause of the program: who comes first leaves nobody out. */
    @Test
    void waitsForTheOthersWhenOneSpeaksAfterASilenceOfAll() {
        long later = WALL + IDLE.toMillis();
        Heartbeat ahead = new Heartbeat(0, 2, NOON + 3_600_000, false);
        LowWatermark watermark = LowWatermark.start(IDLE, WALL)
                .hear(new Heartbeat(0, 2, NOON, false), WALL)
                .hear(new Heartbeat(1, 2, NOON, false), WALL)
                .hear(ahead, later);
        assertThat(watermark.progressMs(later)).hasValue(NOON);

        long last = later + IDLE.toMillis();
        LowWatermark alone = watermark.hear(ahead, last - 1);
        assertThat(alone.progressMs(last - 1)).hasValue(NOON);
        assertThat(alone.progressMs(last)).hasValue(NOON + 3_600_000);
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
