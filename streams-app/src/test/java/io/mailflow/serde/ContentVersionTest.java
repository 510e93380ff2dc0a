package io.mailflow.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentVersionTest {

    @Test
    void shouldBeTheSameOnEveryMachine() {
        // Computed once with sha256sum over the entry's JSON.
        assertThat(ContentVersion.of(entry(Map.of("queue-backlog.warning", 500.0, "connector-down.attempts", 30.0))))
                .isEqualTo("3fbaf7c3f82291ff");
    }

    @Test
    void shouldChangeWithWhatTheEntrySays() {
        assertThat(ContentVersion.of(entry(Map.of("queue-backlog.warning", 500.0))))
                .isEqualTo(ContentVersion.of(entry(Map.of("queue-backlog.warning", 500.0))))
                .isNotEqualTo(ContentVersion.of(entry(Map.of("queue-backlog.warning", 501.0))));
    }

    private static ConnectorEntry entry(Map<String, Double> thresholds) {
        return new ConnectorEntry(
                "contoso",
                "To partner",
                Direction.OUTBOUND,
                ConnectorType.SMART_HOST,
                null,
                List.of("mx.fabrikam.example"),
                List.of(),
                null,
                null,
                thresholds);
    }
}
