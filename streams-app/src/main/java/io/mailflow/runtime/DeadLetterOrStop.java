package io.mailflow.runtime;

import io.mailflow.naming.Topics;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What happens when processing fails: an input record becomes a dead letter and the stream goes on; where no input
 * record is to blame (a timer, or sums of the program's own) going on would lose counts in silence, so it stops.
 */
public final class DeadLetterOrStop implements ProcessingExceptionHandler {

    private final ProcessingExceptionHandler deadLetter = new LogAndContinueProcessingExceptionHandler();

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        String topic = context.topic();
        boolean input = Topics.TRACE_EVENTS.equals(topic) || Topics.CONNECTORS.equals(topic);
        return input ? deadLetter.handleError(context, record, exception) : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetter.configure(configs);
    }
}
