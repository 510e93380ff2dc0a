package io.mailflow.tracker;

import java.time.Duration;
import java.time.Instant;

/** An event lies further ahead of its record than clocks may differ; the record becomes a dead letter. */
public final class FutureEventException extends RuntimeException {

    FutureEventException(Instant event, Instant produced, Duration tolerance) {
        super("event time " + event + " lies more than " + tolerance + " after the record's timestamp " + produced
                + ": check the clock of the server that wrote it");
    }
}
