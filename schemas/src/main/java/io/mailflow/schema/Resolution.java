package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an alert ended. */
public enum Resolution {
    /** Something was delivered since the last failure. */
    @JsonProperty("recovered")
    RECOVERED,
    /** The queue ended by expiry. */
    @JsonProperty("gave-up")
    GAVE_UP,
    /** Facts read later took back what the alert stood on. */
    @JsonProperty("disproved")
    DISPROVED
}
