package io.mailflow.tracker;

import io.mailflow.schema.RecipientStatus;
import io.mailflow.schema.RecipientStatus.State;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What is remembered of a recipient, as a list of queued and expired recipients shows it. */
public final class RecipientStatuses {

    private RecipientStatuses() {}

    /** Its line, or none if it is neither queued nor given up. */
    public static Stream<RecipientStatus> of(RecipientKey key, RecipientMemory memory) {
        Optional<Expiry> expiry = memory.expiry();
        return expiry.isPresent()
                ? expiry.stream()
                        .map(gone -> status(
                                key, gone.connector(), gone.code(), State.EXPIRED, gone.sinceMs(), gone.deadlineMs()))
                : memory.queued().stream()
                        .map(place -> status(
                                key,
                                place.connector(),
                                place.code(),
                                State.QUEUED,
                                place.sinceMs(),
                                place.deadlineMs()));
    }

    private static RecipientStatus status(
            RecipientKey key, String connector, String code, State state, long sinceMs, long deadlineMs) {
        return new RecipientStatus(
                key.message().tenant(),
                connector,
                code,
                state,
                Instant.ofEpochMilli(sinceMs),
                Instant.ofEpochMilli(deadlineMs),
                key.message().id(),
                key.recipient());
    }
}
