package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a record of an alert was published. */
public enum Publication {
    @JsonProperty("opened")
    OPENED,
    @JsonProperty("escalated")
    ESCALATED,
    /** The alert means something else now: its reasons, its first cause or who must act. */
    @JsonProperty("changed")
    CHANGED,
    @JsonProperty("repeated")
    REPEATED,
    @JsonProperty("resolved")
    RESOLVED,
    @JsonProperty("corrected")
    CORRECTED,
    @JsonProperty("became-current")
    BECAME_CURRENT
}
