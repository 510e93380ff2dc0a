package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What one input row says about one recipient, in the classes the program tells apart. */
public enum EventClass {
    /** A message was handed to the next server through an outbound connector (SEND, SENDEXTERNAL, Send external). */
    @JsonProperty("send")
    SEND,
    /** An attempt through an outbound connector got a temporary failure; the recipient stays queued (DEFER). */
    @JsonProperty("defer")
    DEFER,
    /**
     * The sender's server gave up on the recipient (FAIL, DELIVERFAIL). The reply and the {@code source} tell whether
     * that was a rejection, an expiry, or no attempt at all.
     */
    @JsonProperty("fail")
    FAIL,
    /** The recipient left the queue in another way (DELIVER, DROP, EXPAND, REDIRECT, BADMAIL, …); no attempt. */
    @JsonProperty("close")
    CLOSE,
    /** A summary trace says the recipient is being delivered or retried (Pending), received at the timestamp. */
    @JsonProperty("pending")
    PENDING,
    /** A summary trace gives the recipient's final status (Delivered, Failed, Expanded, …). */
    @JsonProperty("final")
    FINAL,
    /** Anything else: never an attempt, changes nothing. */
    @JsonProperty("other")
    OTHER
}
