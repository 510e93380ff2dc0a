package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad it is, mildest first. */
public enum Severity {
    @JsonProperty("warning")
    WARNING,
    @JsonProperty("high")
    HIGH,
    @JsonProperty("critical")
    CRITICAL
}
