package io.mailflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class WriteFailureTest {

    @Test
    void shouldBeFoundBehindOtherExceptions() {
        assertThat(WriteFailure.in(new IOException("no share"))).isEmpty();
        assertThat(WriteFailure.in(new IOException(new IllegalStateException(new TimeoutException("slow")))))
                .hasValueSatisfying(failure ->
                        assertThat(failure.sentence("kafka:9092")).isEqualTo("Writing to kafka:9092 failed (slow)."));
    }

    @Test
    void shouldBeFinalWhereWaitingDoesNotHelp() {
        assertThat(failure(new TimeoutException("slow")).isFinal()).isFalse();
        assertThat(failure(new KafkaException("x", new TopicAuthorizationException("no")))
                        .isFinal())
                .isTrue();
        assertThat(failure(new KafkaException("x", new InvalidProducerEpochException("old")))
                        .isFinal())
                .isTrue();
    }

    @Test
    void shouldSayWhatToDo() {
        assertThat(failure(new KafkaException("x", new ProducerFencedException("old")))
                        .unusable("kafka:9092", "nwex01"))
                .hasMessageStartingWith("Another ingest --follow took over source nwex01, or ");
        assertThat(failure(new TopicAuthorizationException("no")).unusable("kafka:9092", "nwex01"))
                .hasMessage("Kafka at kafka:9092 cannot be written to: no. Nothing is lost; start again when that is"
                        + " mended.");
    }

    private static WriteFailure failure(KafkaException exception) {
        return WriteFailure.in(exception).orElseThrow();
    }
}
