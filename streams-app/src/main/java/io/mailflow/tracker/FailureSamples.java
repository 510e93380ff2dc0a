package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.schema.Destination;
import io.mailflow.schema.MessageTraceEvent;
import java.util.Optional;

/** Makes evidence of failed attempts: without addresses, and short. */
final class FailureSamples {

    private FailureSamples() {}

    /** What one failed attempt shows. */
    static FailureSample of(RecipientKey key, MessageTraceEvent event, Reply reply) {
        Optional<Destination> told = reply.destination();
        Optional<Destination> row = Optional.ofNullable(event.destination());
        return new FailureSample(
                reply.code(),
                event.timestamp().toEpochMilli(),
                key.message().id(),
                told.map(Destination::host).or(() -> row.map(Destination::host)).orElse(null),
                told.map(Destination::ip).or(() -> row.map(Destination::ip)).orElse(null),
                SampleText.of(event.reply()),
                1);
    }
}
