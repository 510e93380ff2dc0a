package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.TopicProvisioner.Difference;
import io.mailflow.runtime.TopicProvisioner.Provisioning;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {

    /** Long ago: whatever is timed by event time would be deleted on arrival. */
    private static final Instant HISTORY = Instant.parse("2016-01-05T08:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void shouldResumeWithTopicsRecordsAndGroupsWhenStartedAgainOnTheSameFolder() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"))) {
            Provisioning first = provision(broker);
            assertThat(first.created())
                    .containsExactlyElementsOf(Topics.all(settings(broker)).stream()
                            .map(TopicSpec::name)
                            .toList());
            produce(broker, "one");
            assertThat(consume(broker, 1)).containsExactly("one");
            assertThat(broker.fault()).isEmpty();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"))) {
            Provisioning second = provision(broker);
            assertThat(second.created()).isEmpty();
            assertThat(second.existing()).hasSize(12);
            assertThat(second.differences()).isEmpty();

            produce(broker, "two");
            assertThat(consume(broker, 1)).as("the group goes on where it was").containsExactly("two");
        }
    }

    @Test
    void shouldRunTwoAtATimeOnDifferentPortsOfLoopback() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(dir.resolve("one"));
                EmbeddedBroker two = EmbeddedBroker.start(dir.resolve("two"))) {
            assertThat(one.bootstrapServers()).startsWith("127.0.0.1:").isNotEqualTo(two.bootstrapServers());
            provision(one);
            provision(two);
            produce(one, "for one");
            produce(two, "for two");
            assertThat(consume(one, 1)).containsExactly("for one");
            assertThat(consume(two, 1)).containsExactly("for two");
        }
    }

    @Test
    void shouldRefuseAFolderThatAnotherBrokerUses() {
        try (EmbeddedBroker first = EmbeddedBroker.start(dir)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(dir))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage("The embedded Kafka broker cannot start on " + dir
                            + ": another broker is using this folder; stop it, or choose another folder");
            assertThat(provision(first).created()).as("the first is unharmed").hasSize(12);
        }
    }

    @Test
    void shouldSayWhyWhenTheFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "not a folder");

        assertThatThrownBy(() -> EmbeddedBroker.start(file))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageStartingWith("The embedded Kafka broker cannot start on " + file);
    }

    @Test
    void shouldFormatWithTheTransactionsThatTheGuaranteesNeed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var features = admin.describeFeatures().featureMetadata().get(20, TimeUnit.SECONDS);

            assertThat(features.finalizedFeatures())
                    .hasEntrySatisfying(
                            "transaction.version",
                            level -> assertThat(level.maxVersionLevel()).isEqualTo((short) 2));
        }
    }

    @Test
    void shouldMakeNoTopicByItself() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir)) {
            try (var producer = producer(broker)) {
                assertThat(producer.send(new ProducerRecord<>("mailflow.trace-event", "k", "v")))
                        .failsWithin(Duration.ofSeconds(20))
                        .withThrowableThat()
                        .havingRootCause()
                        .isInstanceOf(UnknownTopicOrPartitionException.class);
            }
        }
    }

    @Test
    void shouldReportTopicsThatAreOtherwiseThanSpecifiedAndLeaveThem() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir)) {
            TopicSpec old = new TopicSpec(Topics.ALERTS, 3, Map.of("cleanup.policy", "compact"));
            TopicProvisioner.provision(settings(broker), List.of(old));

            Provisioning result = provision(broker);

            assertThat(result.created()).hasSize(11).doesNotContain(Topics.ALERTS);
            assertThat(result.existing()).containsExactly(Topics.ALERTS);
            assertThat(result.differences())
                    .containsExactly(
                            new Difference(Topics.ALERTS, "partitions", "1", "3"),
                            new Difference(Topics.ALERTS, "cleanup.policy", "delete", "compact"),
                            new Difference(Topics.ALERTS, "message.timestamp.type", "LogAppendTime", "CreateTime"),
                            new Difference(Topics.ALERTS, "retention.ms", "7776000000", "604800000"));
            assertThat(provision(broker).differences()).isEqualTo(result.differences());
        }
    }

    @Test
    void shouldSayThatMoreReplicasThanBrokersAreAsked() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir)) {
            KafkaSettings byDefault = settings(broker);
            KafkaSettings three = new KafkaSettings(
                    byDefault.bootstrapServers(),
                    byDefault.applicationId(),
                    byDefault.stateDir(),
                    1,
                    0,
                    3,
                    1,
                    1,
                    byDefault.commitInterval(),
                    Map.of());

            assertThatThrownBy(() -> TopicProvisioner.provision(three, Topics.all(three)))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContaining("too few brokers for kafka.replication-factor");
        }
    }

    @Test
    void shouldSayInOneSentenceThatNoBrokerIsThere() throws IOException {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        KafkaSettings settings = KafkaSettings.DEFAULT.withBootstrapServers(nobody);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> TopicProvisioner.provision(settings, Topics.all(settings)))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageStartingWith("No Kafka broker answers at " + nobody);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    private static KafkaSettings settings(EmbeddedBroker broker) {
        return KafkaSettings.DEFAULT.withBootstrapServers(broker.bootstrapServers());
    }

    private static Provisioning provision(EmbeddedBroker broker) {
        return TopicProvisioner.provision(settings(broker), Topics.all(settings(broker)));
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 5_000),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void produce(EmbeddedBroker broker, String value) throws Exception {
        try (var producer = producer(broker)) {
            producer.send(new ProducerRecord<>(Topics.TRACE_EVENTS, null, HISTORY.toEpochMilli(), "key", value))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> consume(EmbeddedBroker broker, int count) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "reader",
                "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.TRACE_EVENTS));
            Awaitility.await("records").atMost(Duration.ofSeconds(20)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    assertThat(record.timestamp())
                            .as("time of arrival, not the producer's")
                            .isGreaterThan(HISTORY.plus(Duration.ofDays(365)).toEpochMilli());
                    values.add(record.value());
                }
                return values.size() >= count;
            });
            consumer.commitSync();
        }
        return values;
    }
}
