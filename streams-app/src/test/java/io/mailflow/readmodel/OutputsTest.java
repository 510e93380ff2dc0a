package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Which publications of an alert a reader takes for news. */
class OutputsTest {

    private final Outputs outputs = new Outputs();

    @Test
    void dropsWhatItHasSeen() throws IOException {
        accept(1, "opened", false);
        accept(2, "escalated", false);
        accept(1, "opened", false);
        accept(2, "escalated", false);
        assertThat(outputs.publications()).extracting(Alert::sequence).containsExactly(1, 2);
    }

    @Test
    void takesWhatProgressConfirms() throws IOException {
        accept(1, "opened", true);
        accept(2, "escalated", true);
        accept(1, "opened", false);
        assertThat(outputs.publications()).extracting(Alert::provisional).containsExactly(true, true, false);
        assertThat(outputs.alerts()).extracting(Alert::sequence).containsExactly(1);
    }

    @Test
    void takesCorrectionsAndWhatBecameCurrent() throws IOException {
        accept(2, "escalated", false);
        accept(2, "became-current", false);
        accept(3, "escalated", true);
        accept(2, "corrected", false);
        assertThat(outputs.publications()).hasSize(4);
        assertThat(outputs.alerts()).extracting(Alert::sequence).containsExactly(2);
    }

    private void accept(int sequence, String publication, boolean provisional) throws IOException {
        outputs.accept(new ConsumerRecord<>(Topics.ALERTS, 0, 0, "key", value(sequence, publication, provisional)));
    }

    private static byte[] value(int sequence, String publication, boolean provisional) throws IOException {
        try (InputStream sample = Objects.requireNonNull(
                Alert.class.getResourceAsStream("/io/mailflow/schema/samples/alert.full.json"))) {
            ObjectNode alert = (ObjectNode) Json.MAPPER.readTree(sample);
            alert.put("sequence", sequence);
            alert.put("publication", publication);
            alert.put("provisional", provisional);
            return Json.MAPPER.writeValueAsBytes(alert);
        }
    }
}
