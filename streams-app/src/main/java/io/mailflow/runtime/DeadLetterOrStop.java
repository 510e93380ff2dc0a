package io.mailflow.runtime;

import io.mailflow.naming.Topics;
import io.mailflow.serde.OtherFormException;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What happens when processing fails: an input record becomes a dead letter and the stream goes on; where no input
 * record is to blame (a timer, sums of the program's own, a store or a broker that fails, state in another form) going on would lose counts in
 * silence, so it stops.
 */
public final class DeadLetterOrStop implements ProcessingExceptionHandler {

    private final ProcessingExceptionHandler deadLetter = new LogAndContinueProcessingExceptionHandler();

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        String topic = context.topic();
        boolean input = Topics.TRACE_EVENTS.equals(topic) || Topics.CONNECTORS.equals(topic);
        boolean ofKafka = exception instanceof KafkaException && !(exception instanceof SerializationException);
        return input && !ofKafka && !OtherFormException.isBehind(exception)
                ? deadLetter.handleError(context, record, exception)
                : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetter.configure(configs);
    }
}
