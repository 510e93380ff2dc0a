package io.mailflow.ingest;

import io.mailflow.format.InputException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Why a transaction could not be written to Kafka, and whether trying again can help. */
record WriteFailure(KafkaException failure) {

    /** The failure of Kafka among an exception and its causes. */
    static Optional<WriteFailure> in(Throwable exception) {
        return causes(exception)
                .filter(KafkaException.class::isInstance)
                .map(cause -> new WriteFailure((KafkaException) cause))
                .findFirst();
    }

    /** Whether it stays so however long one waits. */
    boolean isFinal() {
        return isTakenOver()
                || causes(failure)
                        .anyMatch(cause -> cause instanceof AuthenticationException
                                || cause instanceof AuthorizationException
                                || cause instanceof InterruptException);
    }

    /** A producer of the same source began after this one, or the broker gave this one up. */
    private boolean isTakenOver() {
        return causes(failure)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, cause -> cause != null, Throwable::getCause);
    }

    /** In a sentence, while trying again. */
    String sentence(String servers) {
        return "Writing to " + servers + " failed (" + failure.getMessage() + ").";
    }

    /** In a sentence that says what to do, when giving up. */
    InputException unusable(String servers, String source) {
        if (isTakenOver()) {
            return new InputException(
                    "Another ingest --follow took over source " + source
                            + ", or this one stood still for longer than a transaction may; stop the other one or"
                            + " give each its own --source, then start again: nothing is lost or repeated.",
                    failure);
        }
        return new InputException(
                "Kafka at " + servers + " cannot be written to: " + failure.getMessage()
                        + ". Nothing is lost; start again when that is mended.",
                failure);
    }
}
