package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an outbound connector finds its next server. */
public enum ConnectorType {
    /** Routes to fixed smart hosts: when they are down, all its mail is. */
    @JsonProperty("smart-host")
    SMART_HOST,
    /** Looks up the MX records of each recipient's domain: one dead remote domain is the remote's problem. */
    @JsonProperty("internet")
    INTERNET,
    /** Not registered. Counts as internet-facing, but for {@link Reason#CONNECTOR_DOWN}. */
    @JsonProperty("unknown")
    UNKNOWN
}
