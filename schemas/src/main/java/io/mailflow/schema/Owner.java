package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who has to act. */
public enum Owner {
    @JsonProperty("our-admin")
    OUR_ADMIN,
    @JsonProperty("remote-organisation")
    REMOTE_ORGANISATION,
    @JsonProperty("sender")
    SENDER
}
