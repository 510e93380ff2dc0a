package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way mail goes through a connector; inbound connectors are registered only to be left out. */
public enum Direction {
    @JsonProperty("outbound")
    OUTBOUND,
    @JsonProperty("inbound")
    INBOUND
}
