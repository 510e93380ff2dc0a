package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose servers stand at the other end of a connector; decides who can mend them. */
public enum Relation {
    @JsonProperty("on-premises")
    ON_PREMISES,
    @JsonProperty("partner")
    PARTNER
}
