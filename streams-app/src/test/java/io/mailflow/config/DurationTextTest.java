package io.mailflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "2d, PT48H",
        "48h, PT48H",
        "90m, PT1H30M",
        "1h30m, PT1H30M",
        "1d 12h, PT36H",
        "2 days, PT48H",
        "36 Hours, PT36H",
        "45 min, PT45M",
        "30s, PT30S",
        "100ms, PT0.1S",
        "1m100ms, PT1M0.1S",
        "0s, PT0S",
        "PT48H, PT48H",
        "P2D, PT48H",
        "PT-1M, PT-1M"
    })
    void shouldReadWhatPeopleAndIsoWrite(String text, Duration expected) {
        assertThat(DurationText.read(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "48", "h", "2w", "1m1h", "-2d", "2,5h", "two days", "48h!", "1234567890d"})
    void shouldReadNothingElse(String text) {
        assertThat(DurationText.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT24H, 24h",
        "PT48H, 2d",
        "PT36H, 36h",
        "PT1H30M, 90m",
        "PT9S, 9s",
        "PT0.1S, 100ms",
        "PT0.0001S, PT0.0001S"
    })
    void shouldWriteOneUnit(Duration duration, String expected) {
        assertThat(DurationText.of(duration)).isEqualTo(expected);
    }
}
