package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class DeadLetterOrStopTest {

    @Test
    void shouldGoOnAfterARecordThatNobodyCanUse() {
        assertThat(result(Topics.TRACE_EVENTS, new IllegalArgumentException("no such code")))
                .isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        assertThat(result(Topics.TRACE_EVENTS, new SerializationException("not a time")))
                .isEqualTo(ProcessingExceptionHandler.Result.RESUME);
    }

    /** Else a full disk would make a dead letter of every record. */
    @Test
    void shouldStopWhereNotTheRecordIsToBlame() {
        assertThat(result(Topics.TRACE_EVENTS, new ProcessorStateException("No space left on device")))
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(result(Topics.TRACE_EVENTS, new KafkaException("the producer is closed")))
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(result("mailflow-connector-deltas-repartition", new IllegalStateException("no such sum")))
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }

    /** Else every event of a recipient that an older version remembered would be a dead letter. */
    @Test
    void shouldStopWhereStateHasAnotherForm() {
        assertThat(result(Topics.TRACE_EVENTS, StopReasonTest.otherForm()))
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }

    private static ProcessingExceptionHandler.Result result(String topic, Exception exception) {
        DeadLetterOrStop handler = new DeadLetterOrStop();
        handler.configure(Map.of());
        ErrorHandlerContext context = new DefaultErrorHandlerContext(
                null,
                topic,
                0,
                7,
                new RecordHeaders(),
                "track-messages",
                new TaskId(0, 0),
                0,
                new byte[0],
                new byte[0]);
        return handler.handleError(context, new Record<>("m1", "event", 0), exception)
                .result();
    }
}
