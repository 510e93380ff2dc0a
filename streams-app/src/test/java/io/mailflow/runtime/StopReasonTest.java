package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailflow.config.KafkaSettings;
import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinarySerde;
import io.mailflow.serde.OtherFormException;
import java.nio.file.Path;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Whoever reads why the stream stopped also reads what to do. */
class StopReasonTest {

    private static final KafkaSettings KAFKA = KafkaSettings.DEFAULT
            .withBootstrapServers("kafka.contoso.example:9092")
            .withStateDir(Path.of("/var/lib/mailflow"));

    /** What reading a value of an older form ends in. */
    static OtherFormException otherForm() {
        return catchThrowableOfType(
                OtherFormException.class,
                () -> BinarySerde.of(3, (out, text) -> {}, BinaryInput::toString)
                        .deserializer()
                        .deserialize("store", new byte[] {2}));
    }

    @Test
    void shouldNameTheCommandThatMakesMissingTopics() {
        assertThat(StopReason.sentence(new StreamsException(new MissingSourceTopicException("x")), KAFKA))
                .endsWith("create them with: mailflow topics create --bootstrap-servers kafka.contoso.example:9092");
    }

    @Test
    void shouldNameTheResetWhereStateHasAnotherForm() {
        assertThat(StopReason.sentence(new StreamsException(otherForm()), KAFKA))
                .contains("/var/lib/mailflow", "stored form 2 found, this program reads form 3", "Reset");
        assertThat(StopReason.embedded(new StreamsException(otherForm()))).startsWith("Another version");
    }

    @Test
    void shouldSayThatAStartGoesOn() {
        assertThat(StopReason.sentence(new StreamsException(new ProducerFencedException("Fenced.")), KAFKA))
                .startsWith("The stream stopped: Fenced. Nothing that was written to Kafka is lost: start it again");
    }
}
