package io.mailflow.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Severity;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFeedTest {

    private final RouteMeter meter = new RouteMeter();

    @Test
    void shouldReadAnAlert() throws IOException {
        Alert alert = Alerts.on("To head office", "mail.contoso.example").open(Severity.HIGH);

        assertThat(decode(Json.MAPPER.writeValueAsBytes(alert))).contains(alert);
        assertThat(meter.counts().unreadable()).isZero();
    }

    @Test
    void shouldReadWhatArrivedTogetherByEventTimeAndEachAlertAsItWasPublished() {
        Alerts one = Alerts.on("To head office", "");
        Alert opened = one.open(Severity.WARNING);
        Alert raised = one.provisional(true).escalate(Severity.CRITICAL);
        Alert corrected = one.correct(Severity.WARNING);
        Alert earlier =
                Alerts.on("Backup", "").openedAt(Alerts.OPENED.minusSeconds(60)).open(Severity.HIGH);

        assertThat(AlertFeed.byEventTime(List.of(opened, raised, corrected, earlier)))
                .containsExactly(earlier, opened, raised, corrected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "[]", "null", "{\"id\":\"a\",\"severity\":\"apocalyptic\"}"})
    void shouldCountWhatIsNoAlertAndGoOn(String value) {
        assertThat(decode(value.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(meter.counts().unreadable()).isEqualTo(1);
    }

    private Optional<Alert> decode(byte[] value) {
        return AlertFeed.decode(new ConsumerRecord<>(Topics.ALERTS, 0, 41L, "key", value), meter);
    }
}
