package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A queued or expired recipient, for {@code analyze --messages}.
 *
 * @param tenant the organisation
 * @param connector the connector it is charged to
 * @param code the code it is charged to
 * @param state queued or expired
 * @param since its first deferral
 * @param deadline when it expires or expired
 * @param message the message's id
 * @param recipient the recipient's address, lower case
 */
public record RecipientStatus(
        String tenant,
        String connector,
        String code,
        State state,
        Instant since,
        Instant deadline,
        String message,
        String recipient) {

    /** Where the recipient stands. */
    public enum State {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("expired")
        EXPIRED
    }
}
