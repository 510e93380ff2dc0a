package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose queue the message waits in; decides the default lifetime (48 h for Exchange Server, 24 h otherwise). */
public enum Platform {
    @JsonProperty("exchange-online")
    EXCHANGE_ONLINE,
    @JsonProperty("exchange-server")
    EXCHANGE_SERVER
}
