package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.StoreNames;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Looks whether a cluster has what the program needs; changes nothing. */
public final class TopicCheck {

    /** What a finding is about that concerns all brokers. */
    public static final String CLUSTER = "(cluster)";

    private static final String TRANSACTION_VERSION = "transaction.version";
    private static final short NEEDED_TRANSACTION_VERSION = 2;

    private TopicCheck() {}

    /**
     * One thing that was looked at.
     *
     * @param topic the topic, or {@link #CLUSTER}
     * @param setting {@code exists}, {@code partitions}, {@code replication}, a topic setting or a broker feature
     * @param expected what the program needs, in words
     * @param actual what is there
     * @param mend the command that mends a difference, or null where there is none
     */
    public record Finding(
            String topic,
            String setting,
            String expected,
            String actual,
            @Nullable String mend) {

        /** Whether all is well. */
        public boolean ok() {
            return mend == null;
        }
    }

    /**
     * Looks at the brokers' features, every topic of the program, and those that the stream made for itself.
     *
     * @throws BrokerUnavailableException if no broker answers within twelve seconds or it refuses
     */
    public static List<Finding> of(KafkaSettings settings) {
        return ClusterAdmin.ask(settings, admin -> of(admin, settings));
    }

    private static List<Finding> of(Admin admin, KafkaSettings settings)
            throws ExecutionException, InterruptedException {
        Set<String> there = admin.listTopics().names().get();
        List<String> ours = Topics.all(settings).stream()
                .map(TopicSpec::name)
                .filter(there::contains)
                .toList();
        Map<String, TopicDescription> topics =
                new HashMap<>(admin.describeTopics(ours).allTopicNames().get());
        List<String> internal =
                trackerTopics(settings).stream().filter(there::contains).toList();
        topics.putAll(admin.describeTopics(internal).allTopicNames().get());
        Map<ConfigResource, Config> configs = admin.describeConfigs(ours.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .all()
                .get();
        List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                .map(Node::id)
                .sorted()
                .toList();

        List<Finding> findings = new ArrayList<>();
        findings.add(transactions(settings, admin));
        for (TopicSpec spec : Topics.all(settings)) {
            TopicDescription topic = topics.get(spec.name());
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name()));
            if (topic == null || config == null) {
                findings.add(new Finding(
                        spec.name(),
                        "exists",
                        "yes",
                        "no",
                        "mailflow topics create --bootstrap-servers " + settings.bootstrapServers()));
            } else {
                findings.addAll(new TopicExpectation(settings, spec, brokers).check(topic, config));
            }
        }
        TopicDescription events = topics.get(Topics.TRACE_EVENTS);
        if (events != null) {
            internal.forEach(name ->
                    findings.add(coPartitioned(settings, events.partitions().size(), name, topics.get(name))));
        }
        return findings;
    }

    private static Finding transactions(KafkaSettings settings, Admin admin)
            throws ExecutionException, InterruptedException {
        FinalizedVersionRange range = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get(TRANSACTION_VERSION);
        short level = range == null ? 0 : range.maxVersionLevel();
        return new Finding(
                CLUSTER,
                TRANSACTION_VERSION,
                NEEDED_TRANSACTION_VERSION + " or more",
                Short.toString(level),
                level >= NEEDED_TRANSACTION_VERSION
                        ? null
                        : "kafka-features.sh --bootstrap-server " + settings.bootstrapServers()
                                + " upgrade --feature transaction.version=2   # brokers 4.0 or newer");
    }

    /** Topics of the stream's own that belong to one partition of the trace events each. */
    private static List<String> trackerTopics(KafkaSettings settings) {
        return List.of(
                        StoreNames.RECIPIENTS,
                        StoreNames.MESSAGES,
                        StoreNames.SEEN_SUCCESSES,
                        StoreNames.SEEN_FAILURES,
                        StoreNames.TIMERS,
                        StoreNames.PENDING_DELTAS,
                        StoreNames.SOURCE)
                .stream()
                .map(store -> settings.applicationId() + "-" + store + "-changelog")
                .toList();
    }

    private static Finding coPartitioned(
            KafkaSettings settings, int sources, String name, @Nullable TopicDescription topic) {
        int partitions = topic == null ? 0 : topic.partitions().size();
        return new Finding(
                name,
                "partitions",
                sources + ", as " + Topics.TRACE_EVENTS,
                Integer.toString(partitions),
                partitions == sources
                        ? null
                        // The state of a message lies on the partition that its key had among the old ones.
                        : "kafka-streams-application-reset.sh --bootstrap-server " + settings.bootstrapServers()
                                + " --application-id " + settings.applicationId() + " --input-topics "
                                + Topics.TRACE_EVENTS + "   # with every mailflow run stopped; then delete "
                                + settings.stateDir());
    }
}
