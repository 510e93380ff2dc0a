package io.mailflow.readmodel;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a connector is doing, the worst that holds. */
public enum ConnectorState {
    /** An open alert says that attempts fail and none gets through. */
    @JsonProperty("down")
    DOWN,
    /** Another alert is open. */
    @JsonProperty("alerting")
    ALERTING,
    /** Recipients are queued, and no alert is open. */
    @JsonProperty("queued")
    QUEUED,
    /** None of these. */
    @JsonProperty("clear")
    CLEAR,
    /** Registered, and nothing was heard of it. */
    @JsonProperty("unseen")
    UNSEEN
}
