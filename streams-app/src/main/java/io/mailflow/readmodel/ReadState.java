package io.mailflow.readmodel;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far the program is with being able to answer. */
public enum ReadState {
    /** The topics are not reached yet. */
    @JsonProperty("starting")
    STARTING,
    /** What the topics hold is being read. */
    @JsonProperty("restoring")
    RESTORING,
    /** The stream moves its partitions between instances; answers stand still. */
    @JsonProperty("rebalancing")
    REBALANCING,
    /** Answers are current. */
    @JsonProperty("running")
    RUNNING,
    /** Nothing more will come. */
    @JsonProperty("failed")
    FAILED
}
