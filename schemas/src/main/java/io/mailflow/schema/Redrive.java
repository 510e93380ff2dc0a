package io.mailflow.schema;

import java.time.Instant;

/**
 * A dead letter that was sent again, on {@code mailflow.redrives} (compacted), written in the transaction that sent it.
 *
 * @param letter where the letter stands
 * @param sentTo where it was sent
 * @param count how many times what it holds has been sent again, this time included
 * @param at when
 */
public record Redrive(Place letter, Place sentTo, int count, Instant at) {

    /**
     * A record on a topic.
     *
     * @param topic the topic
     * @param partition its partition
     * @param offset its offset there
     */
    public record Place(String topic, int partition, long offset) {}
}
