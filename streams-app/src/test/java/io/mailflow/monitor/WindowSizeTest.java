package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSizeTest {

    @ParameterizedTest
    @CsvSource({
        "FIVE_MINUTES, 2026-01-05T08:04:59.999Z, 2026-01-05T08:00:00Z",
        "FIVE_MINUTES, 2026-01-05T08:05:00Z,     2026-01-05T08:05:00Z",
        "HOUR,         2026-01-05T08:59:59.999Z, 2026-01-05T08:00:00Z",
        "HOUR,         2026-01-05T09:00:00Z,     2026-01-05T09:00:00Z",
        "DAY,          2026-01-05T23:59:59.999Z, 2026-01-05T00:00:00Z",
        "DAY,          1969-12-31T23:59:59.999Z, 1969-12-31T00:00:00Z"
    })
    void windowsAreHalfOpenAndAlignedToTheEpoch(WindowSize size, Instant instant, Instant start) {
        assertThat(Instant.ofEpochMilli(size.startMs(instant.toEpochMilli()))).isEqualTo(start);
    }
}
