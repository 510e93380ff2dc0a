package io.mailflow.tracker;

import java.time.Duration;
import java.time.Instant;

/** A record that reads well and cannot be used all the same; it becomes a dead letter with this reason. */
public final class RefusedRecordException extends RuntimeException {

    private RefusedRecordException(String message) {
        super(message);
    }

    /** Its time lies further ahead of its record's than clocks may differ. */
    static RefusedRecordException future(Instant at, Instant produced, Duration tolerance) {
        return new RefusedRecordException("event time " + at + " lies more than " + tolerance
                + " after the record's timestamp " + produced + ": check the clock of the server that wrote it");
    }

    /** It is one of so many different things about one recipient or message that they are no mail server's. */
    static RefusedRecordException endless(String what) {
        return new RefusedRecordException(
                "too many different connectors, codes and times of failure are remembered of its " + what
                        + ": no real one comes near; look for what invents connectors or error codes");
    }

    /** Nothing says which partition it belongs to, so the events of its message may be on many. */
    static RefusedRecordException withoutKey() {
        return new RefusedRecordException("the record has no key: write each event with the identity of its message as"
                + " key, so that all events of a message are on one partition");
    }
}
