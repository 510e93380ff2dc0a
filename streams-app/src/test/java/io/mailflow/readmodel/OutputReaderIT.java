package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.committed.OpenTransactionException;
import io.mailflow.runtime.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OutputReaderIT {

    private static final String TOPIC = "outputs";

    @TempDir
    private Path directory;

    /** The transaction ends only after the reader has asked for the end: its first record makes it end. */
    @Test
    void shouldWaitForATransactionThatIsStillOpen() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            Map<String, Object> client = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            List<String> read = new ArrayList<>();
            try (Producer<String, String> producer = transactional(broker);
                    OutputReader reader = new OutputReader(client, Set.of(TOPIC), false)) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "committed")).get();
                producer.commitTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "written")).get();

                reader.readToEnd(message -> {
                    read.add(new String(message.value(), StandardCharsets.UTF_8));
                    if (read.size() == 1) {
                        producer.commitTransaction();
                    }
                });
            }

            assertThat(read).containsExactly("committed", "written");
        }
    }

    /** Whoever wrote it may be gone for good. */
    @Test
    void shouldNotWaitForEverForATransactionThatNobodyEnds() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            Map<String, Object> client = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            try (Producer<String, String> producer = transactional(broker);
                    OutputReader reader = new OutputReader(client, Set.of(TOPIC), false, Duration.ofSeconds(1))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "written")).get();

                assertThatThrownBy(() -> reader.readToEnd(message -> {}))
                        .isInstanceOf(OpenTransactionException.class)
                        .hasMessageContaining("Somebody keeps a transaction open on outputs, partition 0, offset 0");
            }
        }
    }

    /** What comes in elsewhere, for ever, is no sign that the transaction ends. */
    @Test
    @Timeout(60)
    void shouldNotTakeOtherRecordsForAnEnd() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            Map<String, Object> client = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(Set.of(new NewTopic(TOPIC, 2, (short) 1)))
                        .all()
                        .get();
            }
            try (Producer<String, String> hanging = transactional(broker);
                    Producer<String, String> busy =
                            new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
                    OutputReader reader = new OutputReader(client, Set.of(TOPIC), false, Duration.ofSeconds(1))) {
                hanging.initTransactions();
                hanging.beginTransaction();
                hanging.send(new ProducerRecord<>(TOPIC, 0, null, "written")).get();
                busy.send(new ProducerRecord<>(TOPIC, 1, null, "first")).get();

                assertThatThrownBy(() -> reader.readToEnd(message -> {
                            Future<RecordMetadata> unused = busy.send(new ProducerRecord<>(TOPIC, 1, null, "one more"));
                        }))
                        .isInstanceOf(OpenTransactionException.class)
                        .hasMessageContaining("partition 0, offset 0");
            }
        }
    }

    private static Producer<String, String> transactional(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "outputs"),
                new StringSerializer(),
                new StringSerializer());
    }
}
