package io.mailflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {

    private static final Instant TEN = Instant.parse("2026-01-10T22:00:00Z");
    private static final Instant TWO = Instant.parse("2026-01-11T02:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-10T21:59:59.999Z,",
        "2026-01-10T22:00:00Z,2026-01-11T02:00:00Z",
        "2026-01-11T01:59:59.999Z,2026-01-11T02:00:00Z",
        "2026-01-11T02:00:00Z,",
    })
    void shouldBeHalfOpen(Instant at, @Nullable Instant until) {
        assertThat(entry(new ConnectorEntry.Maintenance(TEN, TWO)).maintenanceUntil(at))
                .isEqualTo(until);
    }

    @Test
    void shouldLastUntilTheLastOfSeveralEnds() {
        ConnectorEntry entry = entry(
                new ConnectorEntry.Maintenance(TEN, TWO),
                new ConnectorEntry.Maintenance(TEN, TWO.plusSeconds(1)),
                new ConnectorEntry.Maintenance(TEN, TWO.minusSeconds(1)));
        assertThat(entry.maintenanceUntil(TEN)).isEqualTo(TWO.plusSeconds(1));
    }

    private static ConnectorEntry entry(ConnectorEntry.Maintenance... maintenance) {
        return new ConnectorEntry(
                "contoso",
                "To on-premises",
                Direction.OUTBOUND,
                ConnectorType.SMART_HOST,
                null,
                List.of(),
                List.of(),
                null,
                null,
                Map.of(),
                List.of(maintenance));
    }
}
