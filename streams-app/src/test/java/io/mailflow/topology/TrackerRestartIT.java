package io.mailflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.TraceRecord;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.QueueSum;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Heartbeat;
import io.mailflow.tracker.TraceRecords;
import io.mailflow.tracker.TrackerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Produced;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tracker over three source partitions, moved in the middle to a place without any state. */
@Timeout(120)
class TrackerRestartIT {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOURCES = 3;
    private static final int MESSAGES = 40;
    private static final String CODE = "450 4.4.316";

    @TempDir
    private Path dir;

    @Test
    void shouldGoOnWhereItWasWithStateReadBackFromItsChangelogs() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"))) {
            MailflowConfig first = config(broker, "first");
            TopicProvisioner.provision(first.kafka(), Topics.all(first.kafka()));
            List<TraceRecord> before = new ArrayList<>();
            List<TraceRecord> after = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                before.add(event(EventClass.DEFER, i, 0, null));
                before.add(event(EventClass.DEFER, i, 300, null));
                after.add(event(EventClass.DEFER, i, 600, "To on-premises"));
            }
            for (int i = 0; i < MESSAGES / 4; i++) {
                after.add(event(EventClass.SEND, i, 660, "To on-premises"));
            }
            try (Pipeline pipeline = Pipeline.start(first, topology(first))) {
                pipeline.awaitRunning(SOON);
                produce(broker, before);
                Awaitility.await("every source heard")
                        .atMost(SOON)
                        .until(() -> heartbeats(read(broker)).size() == SOURCES);
            }
            MailflowConfig second = config(broker, "second");
            try (Pipeline pipeline = Pipeline.start(second, topology(second))) {
                pipeline.awaitRunning(SOON);
                produce(broker, before);
                produce(broker, after);
                produceEnds(broker);
                Awaitility.await("the end")
                        .atMost(SOON)
                        .until(() -> heartbeats(read(broker)).values().stream()
                                        .filter(Heartbeat::ended)
                                        .count()
                                == SOURCES);
            }

            List<TrackerMessage> messages = read(broker);
            assertThat(failed(messages)).isEqualTo(Map.of("To on-premises", 3L * MESSAGES));
            assertThat(recipients(messages)).isEqualTo(Map.of("To on-premises", (long) MESSAGES));
            assertThat(queued(messages)).isEqualTo(Map.of("To on-premises", MESSAGES - MESSAGES / 4L));
        }
    }

    private MailflowConfig config(EmbeddedBroker broker, String state) {
        return MailflowConfig.DEFAULT.withKafka(MailflowConfig.DEFAULT
                .kafka()
                .withBootstrapServers(broker.bootstrapServers())
                .withStateDir(dir.resolve(state))
                .withSourcePartitions(SOURCES));
    }

    private static Topology topology(MailflowConfig config) {
        StreamsBuilder builder = MailflowTopology.builder(StreamsProperties.of(config));
        TrackerStage.addTo(builder, config)
                .to(
                        Topics.ALERTS,
                        Produced.<ConnectorKey, TrackerMessage>as("egress")
                                .withKeySerde(ConnectorKey.SERDE)
                                .withValueSerde(TrackerMessage.SERDE));
        return builder.build();
    }

    private static MessageTraceEvent event(EventClass type, int message, long second, @Nullable String connector) {
        return new MessageTraceEvent(
                "contoso",
                START.plusSeconds(second).plusMillis(message),
                type,
                type.name(),
                "SMTP",
                "m" + message,
                null,
                null,
                null,
                "ann@fabrikam.example",
                null,
                connector,
                connector == null ? null : ConnectorSource.ROW,
                type == EventClass.DEFER ? CODE + " Connection refused" : "250 2.0.0 OK",
                null,
                null,
                null,
                null);
    }

    private static void produce(EmbeddedBroker broker, List<TraceRecord> records) throws Exception {
        try (var producer = producer(broker)) {
            for (TraceRecord record : records) {
                producer.send(new ProducerRecord<>(
                                Topics.TRACE_EVENTS, ((MessageTraceEvent) record).networkMessageId(), record))
                        .get();
            }
        }
    }

    private static void produceEnds(EmbeddedBroker broker) throws Exception {
        try (var producer = producer(broker)) {
            for (int partition = 0; partition < SOURCES; partition++) {
                producer.send(new ProducerRecord<>(
                                Topics.TRACE_EVENTS, partition, null, new EndOfInput(START.plusSeconds(700))))
                        .get();
            }
        }
    }

    private static KafkaProducer<String, TraceRecord> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                TraceRecords.serde().serializer());
    }

    private static List<TrackerMessage> read(EmbeddedBroker broker) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(Topics.ALERTS, 0);
        List<TrackerMessage> messages = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                properties, ConnectorKey.SERDE.deserializer(), TrackerMessage.SERDE.deserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> messages.add(record.value()));
            }
        }
        return messages;
    }

    /** The newest heartbeat of each source. */
    private static Map<Integer, Heartbeat> heartbeats(List<TrackerMessage> messages) {
        Map<Integer, Heartbeat> newest = new TreeMap<>();
        messages.forEach(message -> {
            if (message instanceof Heartbeat heartbeat) {
                newest.put(heartbeat.source(), heartbeat);
            }
        });
        return newest;
    }

    private static SortedMap<String, Long> failed(List<TrackerMessage> messages) {
        SortedMap<String, Long> sums = new TreeMap<>();
        deltas(messages)
                .forEach(delta -> attempts(delta)
                        .forEach(sum -> sums.merge(
                                delta.connector().name(), sum.counts().failed(), Long::sum)));
        return withoutZeros(sums);
    }

    private static SortedMap<String, Long> recipients(List<TrackerMessage> messages) {
        SortedMap<String, Long> sums = new TreeMap<>();
        deltas(messages)
                .forEach(delta -> attempts(delta)
                        .forEach(sum -> sums.merge(
                                delta.connector().name(), sum.counts().recipientsEver(), Long::sum)));
        return withoutZeros(sums);
    }

    private static SortedMap<String, Long> queued(List<TrackerMessage> messages) {
        SortedMap<String, Long> sums = new TreeMap<>();
        deltas(messages)
                .forEach(delta -> delta.queued()
                        .forEach((QueueSum sum) -> sums.merge(delta.connector().name(), sum.recipients(), Long::sum)));
        return withoutZeros(sums);
    }

    private static List<AttemptSum> attempts(ConnectorDelta delta) {
        return delta.attempts().stream().filter(sum -> sum.code().equals(CODE)).toList();
    }

    private static SortedMap<String, Long> withoutZeros(SortedMap<String, Long> sums) {
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    private static List<ConnectorDelta> deltas(List<TrackerMessage> messages) {
        return messages.stream()
                .filter(ConnectorDelta.class::isInstance)
                .map(ConnectorDelta.class::cast)
                .toList();
    }
}
