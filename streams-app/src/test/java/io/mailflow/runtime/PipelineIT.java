package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipelineIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path brokerDir;

    private static EmbeddedBroker broker;

    @TempDir
    private Path stateDir;

    private MailflowConfig config;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(brokerDir);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void configure() {
        config = MailflowConfig.DEFAULT.withKafka(MailflowConfig.DEFAULT
                .kafka()
                .withBootstrapServers(broker.bootstrapServers())
                .withStateDir(stateDir));
    }

    @Test
    void shouldProcessKeepBadRecordsAndGoOnAtOnceAfterAPlannedStop() throws Exception {
        TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
        produce("good");
        produce("bad");
        try (Pipeline pipeline = Pipeline.start(config, shouting(config))) {
            pipeline.awaitRunning(SOON);
            assertThat(read(Topics.ALERTS, 1)).extracting(ConsumerRecord::value).containsExactly("GOOD");
            assertThat(pipeline.failure()).isEmpty();
        }
        List<ConsumerRecord<String, String>> dead = read(Topics.DEAD_LETTERS, 1);
        assertThat(dead).extracting(ConsumerRecord::value).containsExactly("bad");
        assertThat(dead.get(0).headers()).extracting(Header::key).contains("__streams.errors.message");

        produce("after");
        long begin = System.nanoTime();
        try (Pipeline again = Pipeline.start(config, shouting(config))) {
            again.awaitRunning(SOON);
            assertThat(read(Topics.ALERTS, 2)).extracting(ConsumerRecord::value).containsExactly("GOOD", "AFTER");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("a group that was left is not waited for")
                .isLessThan(Duration.ofSeconds(9));
    }

    /** What kill -9 may leave of a store is no reason to stand still: Kafka has all of it. */
    @Test
    void shouldBuildStateAnewThatCannotBeOpened() throws Exception {
        TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
        MailflowConfig counting = withApplicationId("counting");
        produceTo(Topics.INGEST_POSITIONS, "one");
        try (Pipeline pipeline = Pipeline.start(counting, counting(counting))) {
            pipeline.awaitRunning(SOON);
            assertThat(read(Topics.REDRIVES, 1))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("1");
        }
        try (Stream<Path> files = Files.walk(stateDir)) {
            Path current =
                    files.filter(file -> file.endsWith("CURRENT")).findFirst().orElseThrow();
            Files.writeString(current, "half a na");
        }

        produceTo(Topics.INGEST_POSITIONS, "two");
        try (Pipeline pipeline = Pipeline.start(counting, counting(counting))) {
            pipeline.awaitRunning(SOON);
            assertThat(read(Topics.REDRIVES, 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("1", "2");
        }
    }

    private static Topology counting(MailflowConfig config) {
        StreamsBuilder builder = builder(config);
        builder.stream(
                        Topics.INGEST_POSITIONS,
                        Consumed.with(Serdes.String(), Serdes.String()).withName("ingest"))
                .groupByKey()
                .count(Named.as("count"), Materialized.as(Stores.persistentKeyValueStore("counts")))
                .toStream(Named.as("changes"))
                .mapValues(String::valueOf, Named.as("text"))
                .to(
                        Topics.REDRIVES,
                        Produced.with(Serdes.String(), Serdes.String()).withName("egress"));
        return builder.build();
    }

    @Test
    void shouldSayThatItsTopicsAreMissing() {
        Topology topology = topology(config, "mailflow.nowhere");

        try (Pipeline pipeline = Pipeline.start(config, topology)) {
            assertThatThrownBy(() -> pipeline.awaitRunning(SOON))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("topics are missing")
                    .hasMessageContaining("mailflow topics create");
            assertThat(pipeline.failure()).isPresent();
            assertThatThrownBy(pipeline::awaitStopped).isInstanceOf(PipelineException.class);
        }
    }

    @Test
    void shouldKeepTheCauseWhenAnErrorStopsIt() throws Exception {
        TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
        StreamsBuilder builder = builder(config);
        builder.stream(
                        Topics.PROGRESS,
                        Consumed.with(Serdes.String(), Serdes.String()).withName("ingest"))
                .foreach(
                        (key, value) -> {
                            throw new OutOfMemoryError("on purpose");
                        },
                        Named.as("fail"));

        try (Pipeline pipeline = Pipeline.start(withApplicationId("failing"), builder.build())) {
            pipeline.awaitRunning(SOON);
            produceTo(Topics.PROGRESS, "any");
            assertThatThrownBy(pipeline::awaitStopped)
                    .isInstanceOf(PipelineException.class)
                    .hasMessageStartingWith("The stream stopped: on purpose. ");
            assertThat(pipeline.state()).isEqualTo(KafkaStreams.State.ERROR);
        }
    }

    @Test
    void shouldSayThatItIsNotRunningInTime() {
        try (Pipeline pipeline = Pipeline.start(withApplicationId("slow"), shouting(config))) {
            assertThatThrownBy(() -> pipeline.awaitRunning(Duration.ZERO))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageStartingWith("The stream is not running after 0 s");
        }
    }

    private MailflowConfig withApplicationId(String id) {
        var kafka = config.kafka();
        return config.withKafka(new io.mailflow.config.KafkaSettings(
                kafka.bootstrapServers(), id, kafka.stateDir(), 1, 0, 1, 1, 1, kafka.commitInterval(), Map.of()));
    }

    private static Topology shouting(MailflowConfig config) {
        return topology(config, Topics.TRACE_EVENTS);
    }

    private static Topology topology(MailflowConfig config, String source) {
        StreamsBuilder builder = builder(config);
        builder.stream(source, Consumed.with(Serdes.String(), Serdes.String()).withName("ingest"))
                .mapValues(
                        value -> {
                            if (value.equals("bad")) {
                                throw new IllegalArgumentException("on purpose");
                            }
                            return value.toUpperCase(java.util.Locale.ROOT);
                        },
                        Named.as("shout"))
                .to(
                        Topics.ALERTS,
                        Produced.with(Serdes.String(), Serdes.String()).withName("egress"));
        return builder.build();
    }

    private static StreamsBuilder builder(MailflowConfig config) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        return new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    }

    private static void produce(String value) throws Exception {
        produceTo(Topics.TRACE_EVENTS, value);
    }

    private static void produceTo(String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<ConsumerRecord<String, String>> read(String topic, int count) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await("records of " + topic).atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }
}
