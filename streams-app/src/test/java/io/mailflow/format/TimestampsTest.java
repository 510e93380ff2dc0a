package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T08:00:00Z, 2026-01-05T08:00:00Z",
        "2026-01-05T08:00:00.123Z, 2026-01-05T08:00:00.123Z",
        "2026-01-05T08:00:00.1234567Z, 2026-01-05T08:00:00.123Z",
        "2026-01-05T08:00:00.1234567, 2026-01-05T08:00:00.123Z",
        "2026-01-05T08:00:00.9999999, 2026-01-05T08:00:00.999Z",
        "2026-01-05T08:00, 2026-01-05T08:00:00Z",
        "2026-01-05 08:00:00, 2026-01-05T08:00:00Z",
        "2026-01-05 08:00:00 +01:00, 2026-01-05T07:00:00Z",
        "2026-01-05 08:00:00Z, 2026-01-05T08:00:00Z",
        "2026-01-05 08:00:00 Z, 2026-01-05T08:00:00Z",
        "2026-01-05t08:00:00z, 2026-01-05T08:00:00Z",
        "2026-01-05T08:00:00+0530, 2026-01-05T02:30:00Z",
        "2026-01-05T08:00:00.5-08, 2026-01-05T16:00:00.500Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
        "/Date(1767600000123)/, 2026-01-05T08:00:00.123Z",
        "/Date(1767600000123+0100)/, 2026-01-05T08:00:00.123Z",
        "\\/Date(1767600000123)\\/, 2026-01-05T08:00:00.123Z"
    })
    void shouldReadEveryForm(String text, Instant expected) throws RowException {
        assertThat(Timestamps.parse(text)).isEqualTo(expected);
    }

    /** A date with slashes is the exporting server's local time, in an order that nobody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1/5/2026 8:00:00 AM",
                "05.01.2026 08:00:00",
                "2026-02-29T08:00:00Z",
                "2026-01-05T24:00:01Z",
                "2026-01-05T08:00:00ZZ",
                "2026-01-05T08:00:00+99:00",
                "2026-01-05",
                "/Date(12345678901234567890)/",
                "T",
                "Z"
            })
    void shouldRefuseWhatIsAmbiguousOrNoTime(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text))
                .isInstanceOf(RowException.class)
                .hasMessage("the timestamp \"" + text + "\" is not ISO 8601, such as 2026-01-05T08:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00", "2100-01-01T00:00:00Z", "/Date(-62135596800000)/"})
    void shouldRefuseTimesThatNoMailHas(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).hasMessageContaining("is not plausible");
    }
}
