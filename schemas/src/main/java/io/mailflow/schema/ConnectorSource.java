package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What told the connector of an event, strongest first. */
public enum ConnectorSource {
    /** The outbound connector named in the row's custom data. */
    @JsonProperty("custom-data")
    CUSTOM_DATA,
    /** The row's own connector id. */
    @JsonProperty("row")
    ROW,
    /** The recipient's latest earlier attempt that named a connector. */
    @JsonProperty("earlier-attempt")
    EARLIER_ATTEMPT,
    /** The recipient's earliest later attempt that named a connector. */
    @JsonProperty("later-attempt")
    LATER_ATTEMPT,
    /** The destination host is among a registered connector's smart hosts. */
    @JsonProperty("smart-host")
    SMART_HOST,
    /** The recipient's domain is among a registered connector's domains. */
    @JsonProperty("recipient-domain")
    RECIPIENT_DOMAIN,
    /** Nothing told; the connector is {@link #UNKNOWN_CONNECTOR}. */
    @JsonProperty("unknown")
    UNKNOWN;

    /** The name of the connector of all that nothing tells the connector of. It is a tenant's, as every connector is. */
    public static final String UNKNOWN_CONNECTOR = "unknown";
}
