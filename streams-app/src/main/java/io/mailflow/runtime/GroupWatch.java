package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.web.GroupReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the brokers now and then who shares the work of the stream, so that each instance can tell of all. */
final class GroupWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How Kafka Streams names the consumers of its threads. */
    private static final Pattern CLIENT = Pattern.compile("(.+?)-(StreamThread-\\d+)(?:-consumer)?");

    private final Admin admin;
    private final String group;
    private final Pipeline pipeline;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private volatile GroupReport report = GroupReport.NONE;

    private GroupWatch(Admin admin, String group, Pipeline pipeline, InstantSource clock) {
        this.admin = admin;
        this.group = group;
        this.pipeline = pipeline;
        this.clock = clock;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "group-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() lets nothing through
    static GroupWatch start(KafkaSettings kafka, Pipeline pipeline, InstantSource clock) {
        GroupWatch watch =
                new GroupWatch(Admin.create(Clients.settings(kafka)), kafka.applicationId(), pipeline, clock);
        watch.timer.scheduleWithFixedDelay(watch::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** What was seen last. */
    GroupReport report() {
        return report;
    }

    private void look() {
        try {
            report = ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            report = withProblem(String.valueOf(e.getCause() == null ? e : e.getCause()));
        } catch (Exception e) {
            // Whatever it is, the next look may see more.
            report = withProblem(e.toString());
        }
    }

    private GroupReport withProblem(String problem) {
        return new GroupReport(report.state(), report.at(), problem, report.instances());
    }

    private GroupReport ask() throws Exception {
        ConsumerGroupDescription described = Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                .all()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .get(group));
        Map<TopicPartition, Long> lags = lags(described);
        Map<String, List<MemberDescription>> byInstance = described.members().stream()
                .collect(Collectors.groupingBy(member -> part(member, 1), TreeMap::new, Collectors.toList()));
        String own = pipeline.instance();
        List<GroupReport.Instance> instances = new ArrayList<>();
        byInstance.forEach((name, members) -> instances.add(new GroupReport.Instance(
                name,
                members.get(0).host().replaceFirst("^/", ""),
                name.equals(own),
                members.stream()
                        .map(member -> thread(member, lags))
                        .sorted(Comparator.comparing(GroupReport.Member::name))
                        .toList())));
        return new GroupReport(
                described.groupState().toString().toLowerCase(Locale.ROOT), clock.instant(), null, instances);
    }

    private static GroupReport.Member thread(MemberDescription member, Map<TopicPartition, Long> lags) {
        return new GroupReport.Member(
                part(member, 2),
                member.assignment().topicPartitions().stream()
                        .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                        .map(one -> new GroupReport.Share(one.topic(), one.partition(), lags.get(one)))
                        .toList());
    }

    /** The instance (1) or the thread (2) of a member; whoever names its clients otherwise is told as it is. */
    private static String part(MemberDescription member, int part) {
        Matcher name = CLIENT.matcher(member.clientId());
        return name.matches() ? name.group(part) : member.clientId();
    }

    private Map<TopicPartition, Long> lags(ConsumerGroupDescription described) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = described.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .distinct()
                .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        if (ends.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Map<TopicPartition, ListOffsetsResultInfo> written = admin.listOffsets(
                        ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Map<TopicPartition, Long> lags = new HashMap<>();
        written.forEach((partition, end) -> {
            OffsetAndMetadata read = committed.get(partition);
            if (read != null) {
                lags.put(partition, Math.max(0, end.offset() - read.offset()));
            }
        });
        return lags;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        admin.close(Duration.ofSeconds(5));
    }
}
