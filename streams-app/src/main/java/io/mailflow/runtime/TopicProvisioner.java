package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and tells where existing ones differ; it changes nothing that exists. */
public final class TopicProvisioner {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private TopicProvisioner() {}

    /**
     * What became of the topics.
     *
     * @param created names of topics that were missing and now exist, in the order of the specifications
     * @param existing names of topics that were there
     * @param differences where existing topics are not as specified
     */
    public record Provisioning(List<String> created, List<String> existing, List<Difference> differences) {

        public Provisioning {
            created = List.copyOf(created);
            existing = List.copyOf(existing);
            differences = List.copyOf(differences);
        }
    }

    /**
     * An existing topic is not as specified.
     *
     * @param topic its name
     * @param setting {@code partitions} or a topic setting in Kafka's words
     * @param expected the value of the specification
     * @param actual the value on the cluster
     */
    public record Difference(String topic, String setting, String expected, String actual) {}

    /**
     * Creates what is missing, with the replication factor of the settings.
     *
     * @throws BrokerUnavailableException if no broker answers within twelve seconds or it refuses
     */
    public static Provisioning provision(KafkaSettings settings, List<TopicSpec> specs) {
        return ClusterAdmin.ask(settings, admin -> provision(admin, settings, specs));
    }

    private static Provisioning provision(Admin admin, KafkaSettings settings, List<TopicSpec> specs)
            throws ExecutionException, InterruptedException {
        List<String> created = new ArrayList<>();
        List<TopicSpec> existing = new ArrayList<>();
        Collection<NewTopic> wanted = specs.stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) settings.replicationFactor())
                        .configs(spec.config()))
                .toList();
        CreateTopicsResult result = admin.createTopics(wanted);
        for (TopicSpec spec : specs) {
            try {
                answered(result.values(), spec.name()).get();
                created.add(spec.name());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                existing.add(spec);
            }
        }
        awaitVisible(admin, created);
        return new Provisioning(created, existing.stream().map(TopicSpec::name).toList(), differences(admin, existing));
    }

    /**
     * The settings as the cluster has them: {@code sourcePartitions} is how many partitions the topic of trace events
     * really has. Whatever waits for all sources must not wait for partitions that do not exist, nor miss others.
     *
     * @throws TopicsMissingException if the program's topics are not all there
     * @throws BrokerUnavailableException if no broker answers within twelve seconds or it refuses
     */
    public static KafkaSettings asProvisioned(KafkaSettings settings) {
        List<String> wanted = Topics.all(settings).stream().map(TopicSpec::name).toList();
        return ClusterAdmin.ask(settings, admin -> asProvisioned(admin, settings, wanted));
    }

    private static KafkaSettings asProvisioned(Admin admin, KafkaSettings settings, List<String> wanted)
            throws ExecutionException, InterruptedException {
        Set<String> there = admin.listTopics().names().get();
        List<String> missing =
                wanted.stream().filter(topic -> !there.contains(topic)).toList();
        if (!missing.isEmpty()) {
            throw new TopicsMissingException(settings.bootstrapServers(), missing);
        }
        TopicDescription events = answered(
                admin.describeTopics(List.of(Topics.TRACE_EVENTS))
                        .allTopicNames()
                        .get(),
                Topics.TRACE_EVENTS);
        return settings.withSourcePartitions(events.partitions().size());
    }

    /**
     * Waits until brokers tell of the new topics: the controller answers before they have heard, and a stream that
     * starts in between finds no partitions.
     */
    private static void awaitVisible(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + ClusterAdmin.ANSWER_WITHIN.toNanos();
        while (true) {
            try {
                admin.describeTopics(topics).allTopicNames().get();
                return;
            } catch (ExecutionException e) {
                boolean unheard = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unheard || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private static List<Difference> differences(Admin admin, List<TopicSpec> specs)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> descriptions = admin.describeTopics(
                        specs.stream().map(TopicSpec::name).toList())
                .allTopicNames()
                .get();
        Map<ConfigResource, Config> configs = admin.describeConfigs(specs.stream()
                        .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                        .toList())
                .all()
                .get();
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec spec : specs) {
            int partitions = answered(descriptions, spec.name()).partitions().size();
            if (partitions != spec.partitions()) {
                differences.add(new Difference(
                        spec.name(), "partitions", Integer.toString(spec.partitions()), Integer.toString(partitions)));
            }
            Config config = answered(configs, new ConfigResource(ConfigResource.Type.TOPIC, spec.name()));
            new TreeMap<>(spec.config()).forEach((key, expected) -> {
                ConfigEntry entry = config.get(key);
                String actual = entry == null || entry.value() == null ? "" : entry.value();
                if (!actual.equals(expected)) {
                    differences.add(new Difference(spec.name(), key, expected, actual));
                }
            });
        }
        return differences;
    }

    /** A cluster answers for each topic it was asked for. */
    private static <K, V> V answered(Map<K, V> answers, K asked) {
        return Objects.requireNonNull(answers.get(asked), () -> "no answer for " + asked);
    }
}
