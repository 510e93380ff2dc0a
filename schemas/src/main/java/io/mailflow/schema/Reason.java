package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an alert is open. */
public enum Reason {
    /** Attempts fail and none gets through. */
    @JsonProperty("connector-down")
    CONNECTOR_DOWN,
    /** An unusual share of attempts fails. */
    @JsonProperty("failure-rate")
    FAILURE_RATE,
    /** Many recipients have been queued for longer than an hour. */
    @JsonProperty("queue-backlog")
    QUEUE_BACKLOG,
    /** Queued recipients come close to their deadline. */
    @JsonProperty("expiry-risk")
    EXPIRY_RISK,
    /** Recipients were given up; their senders get non-delivery reports. */
    @JsonProperty("messages-expired")
    MESSAGES_EXPIRED,
    /** Traffic usual for this hour of the week is missing. */
    @JsonProperty("connector-silent")
    CONNECTOR_SILENT
}
