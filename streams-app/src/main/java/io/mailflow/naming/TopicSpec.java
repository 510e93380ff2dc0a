package io.mailflow.naming;

import java.util.Map;

/**
 * A topic as it has to be on the cluster.
 *
 * @param name its name
 * @param partitions how many partitions it is created with
 * @param config the topic settings that differ from a broker's defaults, in Kafka's words
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    public TopicSpec {
        config = Map.copyOf(config);
    }
}
