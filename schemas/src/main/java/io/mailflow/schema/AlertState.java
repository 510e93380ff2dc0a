package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the problem goes on. */
public enum AlertState {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("resolved")
    RESOLVED
}
