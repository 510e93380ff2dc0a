package io.mailflow.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What was seen of a failure beside its replies, and may speak for one cause or another. */
public enum Clue {
    /** One destination fails while others take mail. */
    @JsonProperty("one-destination")
    ONE_DESTINATION,
    /** No destination of the connector takes mail. */
    @JsonProperty("all-destinations")
    ALL_DESTINATIONS,
    /** The connector leads to the organisation's own servers. */
    @JsonProperty("on-premises")
    ON_PREMISES,
    /** The connector leads to another organisation. */
    @JsonProperty("partner")
    PARTNER,
    /** Another connector that leads to the same destination delivers. */
    @JsonProperty("one-connector")
    ONE_CONNECTOR,
    /** Other connectors fail at the same destination. */
    @JsonProperty("several-connectors")
    SEVERAL_CONNECTORS,
    /** Other connectors began to fail in the same way at the same time, at other destinations. */
    @JsonProperty("same-elsewhere")
    SAME_ELSEWHERE,
    /** It began from one quarter of an hour to the next. */
    @JsonProperty("sudden")
    SUDDEN,
    /** The share of failures grew over hours. */
    @JsonProperty("creeping")
    CREEPING,
    /** Other codes fail on the same connector at the same time. */
    @JsonProperty("other-codes")
    OTHER_CODES;

    /** As files and alert records spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
