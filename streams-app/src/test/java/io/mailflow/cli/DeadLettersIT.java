package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.topology.MailflowTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HOSTILE = "{\"event\": \u001b[2J\u202enot json\u0007}";

    @TempDir
    private Path dir;

    private final List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> events = new ArrayList<>();

    @Test
    void shouldListShowAndSendAgainUntilTheLoopGuardRefuses() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            MailflowConfig config = provisioned(broker);
            String servers = broker.bootstrapServers();
            assertThat(done("dead-letters", "list", "--bootstrap-servers", servers))
                    .isEqualToIgnoringNewLines("No letters on mailflow.dead-letters.");
            try (Pipeline pipeline =
                            Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
                    OutputReader reader = reader(config)) {
                pipeline.awaitRunning(SOON);
                send(config, Map.of(), HOSTILE);
                awaitLetters(reader, 1);
                Path rows = Files.writeString(dir.resolve("rows.ndjson"), """
                        {"timestamp":"2026-01-05T08:00:00Z","event":"send","messageId":"1@contoso.example","recipient":"a@contoso.example"}
                        {"timestamp":"yesterday","event":"send","messageId":"2@contoso.example","recipient":"b@contoso.example"}
                        """);
                done("ingest", rows.toString(), "--bootstrap-servers", servers);
                awaitLetters(reader, 2);

                assertThat(done("dead-letters", "list", "--bootstrap-servers", servers))
                        .contains("1  mailflow.trace-events: ")
                        .contains("1  rows of files: ")
                        .contains("2  in all");
                assertThat(done(
                                "dead-letters",
                                "list",
                                "--each",
                                "--reason",
                                "YESTERDAY",
                                "--bootstrap-servers",
                                servers))
                        .hasLineCount(1)
                        .contains("rows.ndjson:2: ");
                assertThat(done("dead-letters", "list", "--late", "--bootstrap-servers", servers))
                        .startsWith("No letters on mailflow.late-events.");

                String page = done("dead-letters", "show", "0-0", "--bootstrap-servers", servers);
                assertThat(page)
                        .contains("letter     mailflow.dead-letters-0-0")
                        .contains("topic mailflow.trace-events, partition 0, offset 0")
                        .contains("{\"event\": \\u{1B}[2J\\u{202E}not json\\u{7}}")
                        .contains("stack\n");
                assertThat(page.chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                        .isEmpty();

                String dry = done("dead-letters", "redrive", "--bootstrap-servers", servers);
                assertThat(dry)
                        .contains("1 would be sent again to mailflow.trace-events.")
                        .contains("1 stays: a row of a file")
                        .contains("Nothing was changed");
                reader.readToEnd(this::keep);
                assertThat(letters).hasSize(2);

                for (int time = 1; time <= 3; time++) {
                    assertThat(done("dead-letters", "redrive", "--execute", "--bootstrap-servers", servers))
                            .contains("1 sent again to mailflow.trace-events.");
                    awaitLetters(reader, 2 + time);
                    assertThat(letters.get(1 + time).value())
                            .isEqualTo(letters.get(0).value());
                }
                assertThat(done("dead-letters", "redrive", "--execute", "--bootstrap-servers", servers))
                        .doesNotContain("sent again to mailflow.trace-events")
                        .contains("3 were sent before and are left alone.")
                        .contains("1 stays: sent again 3 times or more");
                CommandRun late = CommandRun.of(
                        "dead-letters", "redrive", "mailflow.late-events-0-0", "--bootstrap-servers", servers);
                assertThat(late.code()).isEqualTo(2);
                CommandRun gone = CommandRun.of("dead-letters", "show", "0-99", "--bootstrap-servers", servers);
                assertThat(gone.code()).isEqualTo(1);
                assertThat(gone.err()).startsWith("There is no letter mailflow.dead-letters-0-99;");
            }
        }
    }

    @Test
    void shouldSendOnceThoughAnEarlierRunWasKilledBetweenSendingAndCommitting() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            MailflowConfig config = provisioned(broker);
            String servers = broker.bootstrapServers();
            for (int i = 0; i < 250; i++) {
                letter(config, "value " + i, i);
            }
            Producer<String, String> killed = killedRun(config);

            assertThat(done("dead-letters", "redrive", "--execute", "--limit", "0", "--bootstrap-servers", servers))
                    .contains("250 sent again");
            assertThat(done("dead-letters", "redrive", "--execute", "--limit", "0", "--bootstrap-servers", servers))
                    .contains("250 were sent before");
            killed.close(Duration.ZERO);

            try (OutputReader reader = reader(config)) {
                reader.readToEnd(this::keep);
            }
            assertThat(events.stream().map(event -> new String(event.value(), StandardCharsets.UTF_8)))
                    .doesNotHaveDuplicates()
                    .hasSize(250);
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.headers()
                                    .lastHeader("mailflow.redrive.count")
                                    .value())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("1"));
        }
    }

    /** What a run leaves that is killed after it sent a letter and before it committed that. */
    private static Producer<String, String> killedRun(MailflowConfig config) {
        Producer<String, String> producer =
                producer(config, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "mailflow-redrive"));
        producer.initTransactions();
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>(Topics.TRACE_EVENTS, "key", "value 0"));
        producer.flush();
        return producer;
    }

    private static void letter(MailflowConfig config, String value, int offset) {
        try (Producer<String, String> producer = producer(config, Map.of())) {
            ProducerRecord<String, String> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, "key", value);
            for (Map.Entry<String, String> header : Map.of(
                            "__streams.errors.topic", Topics.TRACE_EVENTS,
                            "__streams.errors.partition", "0",
                            "__streams.errors.offset", Integer.toString(offset),
                            "__streams.errors.exception", "java.lang.IllegalStateException",
                            "__streams.errors.message", "broken")
                    .entrySet()) {
                letter.headers().add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
            }
            var unused = producer.send(letter);
        }
    }

    private MailflowConfig provisioned(EmbeddedBroker broker) {
        MailflowConfig config = MailflowConfig.DEFAULT.withKafka(KafkaSettings.DEFAULT
                .withBootstrapServers(broker.bootstrapServers())
                .withStateDir(dir.resolve("state")));
        TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
        return config;
    }

    private static OutputReader reader(MailflowConfig config) {
        return new OutputReader(
                Clients.settings(config.kafka()), Set.of(Topics.DEAD_LETTERS, Topics.TRACE_EVENTS), false);
    }

    private void awaitLetters(OutputReader reader, int count) {
        Awaitility.await().atMost(SOON).until(() -> {
            reader.poll(this::keep);
            return letters.size() >= count;
        });
    }

    private void keep(ConsumerRecord<String, byte[]> message) {
        (message.topic().equals(Topics.DEAD_LETTERS) ? letters : events).add(message);
    }

    private static void send(MailflowConfig config, Map<String, Object> more, String value) {
        try (Producer<String, String> producer = producer(config, more)) {
            var unused = producer.send(new ProducerRecord<>(Topics.TRACE_EVENTS, "key", value));
        }
    }

    private static Producer<String, String> producer(MailflowConfig config, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Clients.settings(config.kafka()));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static String done(String... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
