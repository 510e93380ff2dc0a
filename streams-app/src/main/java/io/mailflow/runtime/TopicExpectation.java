package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.TopicCheck.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What one topic has to be like, and the commands that make it so.
 *
 * @param settings of the cluster
 * @param spec the topic
 * @param brokers ids of the brokers that are there
 */
record TopicExpectation(KafkaSettings settings, TopicSpec spec, List<Integer> brokers) {

    private static final int REPLICAS_THAT_CAN_LOSE_ONE = 3;

    /** Compares. */
    List<Finding> check(TopicDescription topic, Config config) {
        List<Finding> findings = new ArrayList<>();
        findings.add(partitions(topic.partitions().size()));
        findings.add(replication(topic));
        findings.add(inSync(topic, config));
        new TreeMap<>(spec.config())
                .forEach((key, expected) -> findings.add(setting(key, expected, value(config, key))));
        return findings;
    }

    /** A stream goes by the partitions that the trace events have, so more are well; all others are read as created. */
    private Finding partitions(int actual) {
        boolean more = spec.name().equals(Topics.TRACE_EVENTS);
        int expected = spec.partitions();
        String mend = null;
        if (actual < expected) {
            mend = "kafka-topics.sh " + server() + " --alter --topic " + spec.name() + " --partitions " + expected
                    + "   # before anything is written to it: keys move to other partitions";
        } else if (actual > expected && !more) {
            mend = "kafka-topics.sh " + server() + " --delete --topic " + spec.name()
                    + " && mailflow topics create --bootstrap-servers " + settings.bootstrapServers()
                    + "   # what it holds is lost; or set kafka.connector-partitions";
            if (expected == 1) {
                mend = mend.replace("; or set kafka.connector-partitions", "");
            }
        }
        return finding("partitions", more ? expected + " or more" : Integer.toString(expected), actual, mend);
    }

    private Finding replication(TopicDescription topic) {
        int wanted = settings.replicationFactor();
        int fewest = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        String mend = null;
        if (fewest < wanted) {
            mend = brokers.size() < wanted
                    ? "# add brokers: there are " + brokers.size() + "; or set kafka.replication-factor: "
                            + brokers.size()
                    : "echo '" + reassignment(topic, wanted) + "' > reassign.json && kafka-reassign-partitions.sh "
                            + server() + " --reassignment-json-file reassign.json --execute";
        }
        return finding("replication", wanted + " or more", fewest, mend);
    }

    private String reassignment(TopicDescription topic, int wanted) {
        return topic.partitions().stream()
                .map(partition -> "{\"topic\":\"%s\",\"partition\":%d,\"replicas\":[%s]}"
                        .formatted(
                                spec.name(),
                                partition.partition(),
                                Stream.concat(partition.replicas().stream().map(Node::id), spread(partition).stream())
                                        .distinct()
                                        .limit(wanted)
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","))))
                .collect(Collectors.joining(",", "{\"version\":1,\"partitions\":[", "]}"));
    }

    /** The brokers, each partition beginning with another one. */
    private List<Integer> spread(TopicPartitionInfo partition) {
        int start = (partition.partition() + 1) % brokers.size();
        return Stream.concat(brokers.subList(start, brokers.size()).stream(), brokers.subList(0, start).stream())
                .toList();
    }

    /** With three replicas one broker may be lost without losing what was acknowledged. */
    private Finding inSync(TopicDescription topic, Config config) {
        String key = TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
        int wanted = settings.replicationFactor() >= REPLICAS_THAT_CAN_LOSE_ONE ? 2 : 1;
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(1);
        int actual = Integer.parseInt(value(config, key));
        boolean usable = actual >= wanted && actual <= Math.max(replicas, wanted);
        return finding(key, Integer.toString(wanted), actual, usable ? null : alter(key, Integer.toString(wanted)));
    }

    private Finding setting(String key, String expected, String actual) {
        boolean atLeast =
                key.equals(TopicConfig.RETENTION_MS_CONFIG) || key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        boolean ok = atLeast ? atLeast(actual, expected) : parts(actual).equals(parts(expected));
        return new Finding(
                spec.name(), key, atLeast ? expected + " or more" : expected, actual, ok ? null : alter(key, expected));
    }

    /** A retention of -1 is for ever. */
    private static boolean atLeast(String actual, String expected) {
        try {
            long number = Long.parseLong(actual);
            return number == -1 || number >= Long.parseLong(expected);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A broker may list the policies of a topic in any order. */
    private static List<String> parts(String value) {
        return Stream.of(value.split(",")).map(String::strip).sorted().toList();
    }

    private String alter(String key, String value) {
        String shown = value.contains(",") ? "[" + value + "]" : value;
        return "kafka-configs.sh " + server() + " --alter --entity-type topics --entity-name " + spec.name()
                + " --add-config '" + key + "=" + shown + "'";
    }

    private String server() {
        return "--bootstrap-server " + settings.bootstrapServers();
    }

    private static String value(Config config, String key) {
        ConfigEntry entry = config.get(key);
        @Nullable String value = entry == null ? null : entry.value();
        return value == null ? "" : value;
    }

    private Finding finding(String setting, String expected, int actual, @Nullable String mend) {
        return new Finding(spec.name(), setting, expected, Integer.toString(actual), mend);
    }
}
