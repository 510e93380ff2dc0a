package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureRatesTest {

    private final FailureRates rates = new FailureRates(new Period(
            Duration.ofHours(1), Instant.parse("2026-01-05T08:00:00Z"), Instant.parse("2026-01-05T10:00:00Z")));

    @Test
    void shouldShareOutTheAttemptsOfAConnectorToItsCodes() {
        Records records = new Records();
        records.window("PT1H", "2026-01-05T08:00:00Z", "450 4.4.316", 0, 30);
        records.window("PT1H", "2026-01-05T08:00:00Z", "550 5.1.1", 0, 1);
        records.window("PT1H", "2026-01-05T08:00:00Z", null, 60, 40);
        records.window("PT1H", "2026-01-05T08:00:00Z", "450 4.4.316", 0, 39);
        records.window("PT1H", "2026-01-05T09:00:00Z", null, 0, 0);
        feed(records);

        List<FailureRate> rows = rates.rows();

        assertThat(rows).extracting(FailureRate::code).containsExactly(null, "450 4.4.316", "550 5.1.1", null);
        assertThat(rows).extracting(FailureRate::share).containsExactly(0.4, 0.39, 0.01, null);
        assertThat(rows).extracting(FailureRate::failed).containsExactly(40L, 39L, 1L, 0L);
        assertThat(rows).extracting(FailureRate::attempts).containsExactly(100L, 100L, 100L, 0L);
    }

    @Test
    void shouldLeaveOutOtherSizesAndTimesAndWhatNobodyCanRead() {
        Records records = new Records();
        records.window("PT5M", "2026-01-05T08:00:00Z", null, 1, 1);
        records.window("PT1H", "2026-01-05T07:00:00Z", null, 1, 1);
        records.window("PT1H", "2026-01-05T10:00:00Z", null, 1, 1);
        records.bytes(Topics.CONNECTOR_FAILURES, "key", "{not json".getBytes(StandardCharsets.UTF_8));
        records.bytes(Topics.CONNECTOR_FAILURES, "key", "{}".getBytes(StandardCharsets.UTF_8));
        records.tombstone(Topics.CONNECTOR_FAILURES, "key");
        feed(records);

        assertThat(rates.rows()).isEmpty();
    }

    private void feed(Records records) {
        records.all().forEach(rates::accept);
    }
}
