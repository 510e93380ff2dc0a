package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.format.ConnectorFile;
import io.mailflow.ingest.DeadLetter;
import io.mailflow.ingest.DeadLetters;
import io.mailflow.ingest.Follower;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.LetterFilter;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.Redriver;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.serde.Json;
import io.mailflow.topology.MailflowTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every byte that a reader of a topic gets is what the AsyncAPI document and the schemas promise. */
@Timeout(180)
class TopicsHoldWhatSchemasSayIT {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Map<String, List<ConsumerRecord<String, byte[]>>> byTopic = new TreeMap<>();

    @Test
    void shouldHoldOnEveryTopicWhatItsSchemaSays() throws IOException, InterruptedException {
        fillTheTopics();

        List<AsyncApi.Channel> channels = AsyncApi.channels();
        assertThat(byTopic.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        channels.stream().map(AsyncApi.Channel::topic).toList());
        List<String> errors = new ArrayList<>();
        for (AsyncApi.Channel channel : channels) {
            for (ConsumerRecord<String, byte[]> message : byTopic.get(channel.topic())) {
                errors.addAll(errors(channel, message));
            }
        }
        assertThat(errors).isEmpty();

        assertThat(keys(Topics.ALERTS)).contains("default/To Fabrikam/450 4.4.317");
        assertThat(keys(Topics.CONNECTORS)).contains("default/To Fabrikam");
        assertThat(keys(Topics.CONNECTOR_HEALTH)).contains("default/To Fabrikam");
        assertThat(keys(Topics.CONNECTOR_FAILURES))
                .contains("default/To Fabrikam/450 4.4.317/PT5M/2026-01-05T11:00:00Z")
                .contains("default/To Fabrikam//PT24H/2026-01-05T00:00:00Z");
        assertThat(keys(Topics.PROGRESS)).contains("tracker/0", "monitor/0");
        assertThat(keys(Topics.LATE_EVENTS)).containsOnly("default");
        assertThat(keys(Topics.INGEST_POSITIONS)).singleElement().asString().startsWith("nwex01/");
        assertThat(keys(Topics.REDRIVES)).singleElement().asString().startsWith(Topics.DEAD_LETTERS + "/0/");
        assertThat(keys(Topics.ALERT_STATE)).hasSameElementsAs(keys(Topics.ALERTS));
    }

    private static List<String> errors(AsyncApi.Channel channel, ConsumerRecord<String, byte[]> message)
            throws IOException {
        if (channel.schema().isEmpty()) {
            return List.of();
        }
        JsonNode value = Json.MAPPER.readTree(message.value());
        return Schemas.errors(channel.schema(), value).stream()
                .map(error -> channel.topic() + " " + message.key() + " " + error)
                .toList();
    }

    private List<String> keys(String topic) {
        return byTopic.get(topic).stream().map(ConsumerRecord::key).distinct().toList();
    }

    private void fillTheTopics() throws IOException, InterruptedException {
        Path log = OutageLog.write(directory.resolve("MSGTRK2026010508-1.LOG"));
        Path connectors = OutageLog.writeConnectors(directory.resolve("connectors.yaml"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
                InputSpool input = Inputs.read(
                        List.of(log.toString()), ReadOptions.defaults().withTempDir(directory))) {
            MailflowConfig config = MailflowConfig.DEFAULT.withKafka(KafkaSettings.DEFAULT
                    .withBootstrapServers(broker.bootstrapServers())
                    .withStateDir(directory.resolve("state")));
            TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
            Clients.publish(config.kafka(), ConnectorFile.read(connectors, input.tenant()));
            try (Pipeline pipeline =
                            Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
                    Router router = Clients.router(config)) {
                pipeline.awaitRunning(START_WITHIN);
                feed(config, input);
                follow(config);
                redrive(config);
                read(config, pipeline, router);
            }
        }
    }

    private static void feed(MailflowConfig config, InputSpool input) throws IOException {
        try (TraceProducer producer = Clients.traceProducer(config)) {
            input.unreadable().forEach(row -> {
                try {
                    producer.sendDeadLetter(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (Iterator<MessageTraceEvent> events = input.events(); events.hasNext(); ) {
                producer.send(events.next());
            }
            producer.send(lateEvent());
            producer.endOfInput(OutageLog.AS_OF);
            producer.flush();
        }
    }

    /** One look at a folder with one growing log. */
    private void follow(MailflowConfig config) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve("growing"));
        Files.writeString(folder.resolve("events.ndjson"), """
                {"timestamp":"2026-01-05T08:00:00Z","event":"other","recipient":"petra.keller@contoso.example"}
                """);
        Follower.Settings settings = Clients.followSettings(config, folder, "nwex01", ReadOptions.defaults());
        try (Follower follower = Follower.open(settings, InstantSource.system(), sentence -> {})) {
            follower.run(time -> true);
        }
    }

    /** The stream put one of these aside. */
    private static void redrive(MailflowConfig config) throws IOException {
        try (Producer<String, String> producer =
                new KafkaProducer<>(Clients.settings(config.kafka()), new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, "{");
            letter.headers()
                    .add("__streams.errors.topic", Topics.TRACE_EVENTS.getBytes(StandardCharsets.UTF_8))
                    .add("__streams.errors.partition", "0".getBytes(StandardCharsets.UTF_8))
                    .add("__streams.errors.offset", "0".getBytes(StandardCharsets.UTF_8));
            var unused = producer.send(letter);
        }
        Redriver.Settings settings = new Redriver.Settings(
                Clients.settings(config.kafka()), Topics.REDRIVES, Set.of(Topics.TRACE_EVENTS), 1);
        try (Redriver redriver = Redriver.executing(settings, InstantSource.system())) {
            DeadLetters.each(
                    Clients.settings(config.kafka()), Topics.DEAD_LETTERS, LetterFilter.ALL, redriver::redrive);
            redriver.flush();
        }
    }

    private static MessageTraceEvent lateEvent() {
        return new MessageTraceEvent(
                "default",
                OutageLog.START.plusMillis(417),
                EventClass.DEFER,
                "DEFER",
                "SMTP",
                "6c0de6a1-3f5b-4d0e-9a53-08de4c1fffff",
                null,
                "NWEX01",
                null,
                "petra.keller@contoso.example",
                "northwind.example",
                OutageLog.HEAD_OFFICE,
                null,
                "450 4.4.315 Connection timed out",
                null,
                null,
                null,
                null);
    }

    private void read(MailflowConfig config, Pipeline pipeline, Router router) {
        List<String> topics =
                AsyncApi.channels().stream().map(AsyncApi.Channel::topic).toList();
        try (OutputReader reader = new OutputReader(Clients.settings(config.kafka()), topics, false)) {
            while (!hasEnded("tracker/0") || !hasEnded("monitor/0")) {
                assertThat(pipeline.failure()).isEmpty();
                reader.poll(this::keep);
            }
            while (!byTopic.containsKey(Topics.INCIDENTS)) {
                assertThat(router.counts().failures()).isZero();
                reader.poll(this::keep);
            }
            reader.readToEnd(this::keep);
        }
    }

    private void keep(ConsumerRecord<String, byte[]> message) {
        boolean sentAgain = message.headers().lastHeader(DeadLetter.REDRIVE_COUNT) != null;
        if (!sentAgain) { // What nobody can read stays that: it is no value of its topic.
            byTopic.computeIfAbsent(message.topic(), topic -> new ArrayList<>()).add(message);
        }
    }

    private boolean hasEnded(String key) {
        return byTopic.getOrDefault(Topics.PROGRESS, List.of()).stream()
                .filter(message -> message.key().equals(key))
                .anyMatch(message -> new String(message.value(), StandardCharsets.UTF_8).contains("\"ended\":true"));
    }
}
