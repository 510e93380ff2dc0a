package io.mailflow.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private final Throwable fenced = new StreamsException("stopped", new ProducerFencedException("fenced"));

    private final ThreadReplacement replacement = new ThreadReplacement();

    @Test
    void shouldReplaceAThreadThatLostItsPlace() {
        assertThat(replacement.decide(fenced, NOON)).isEqualTo(REPLACE_THREAD);
        assertThat(replacement.decide(new InvalidProducerEpochException("old"), NOON))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldStopOnAllElse() {
        assertThat(replacement.decide(new ProcessorStateException("No space left on device"), NOON))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replacement.decide(new StreamsException(new AuthorizationException("no")), NOON))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldStopOnWhatComesBack() {
        for (int i = 0; i < 5; i++) {
            assertThat(replacement.decide(fenced, NOON.plusSeconds(i))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(replacement.decide(fenced, NOON.plus(Duration.ofMinutes(10))))
                .as("five within ten minutes")
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replacement.decide(fenced, NOON.plus(Duration.ofMinutes(10)).plusMillis(1)))
                .as("the first is longer ago")
                .isEqualTo(REPLACE_THREAD);
    }
}
