package io.mailflow.tracker;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Keys;
import io.mailflow.naming.StoreNames;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.JsonSerde;
import io.mailflow.topology.TrackerStage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The tracker's stage, with one partition, fed and read in a test. */
final class TrackerDriver implements AutoCloseable {

    /** When records are produced unless a test says otherwise: long after all events. */
    static final Instant PRODUCED = Instant.parse("2026-02-01T00:00:00Z");

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestInputTopic<byte[], byte[]> registry;
    private final TestOutputTopic<ConnectorKey, TrackerMessage> deltas;
    private final TestOutputTopic<String, PipelineProgress> progress;
    private final TestOutputTopic<String, LateEvent> late;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final List<TrackerMessage> messages = new ArrayList<>();
    private final List<PipelineProgress> reports = new ArrayList<>();

    TrackerDriver(Path stateDir) {
        MailflowConfig config =
                MailflowConfig.DEFAULT.withKafka(MailflowConfig.DEFAULT.kafka().withStateDir(stateDir));
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        TrackerStage.addTo(builder, config).to("deltas", Produced.with(ConnectorKey.SERDE, TrackerMessage.SERDE));
        driver = new TopologyTestDriver(builder.build(properties), properties, Instant.parse("2026-01-05T08:00:00Z"));
        raw = input(Topics.TRACE_EVENTS);
        registry = input(Topics.CONNECTORS);
        deltas = driver.createOutputTopic(
                "deltas", ConnectorKey.SERDE.deserializer(), TrackerMessage.SERDE.deserializer());
        progress = driver.createOutputTopic(
                Topics.PROGRESS,
                Serdes.String().deserializer(),
                JsonSerde.of(PipelineProgress.class).deserializer());
        late = driver.createOutputTopic(
                Topics.LATE_EVENTS,
                Serdes.String().deserializer(),
                JsonSerde.of(LateEvent.class).deserializer());
        deadLetters = driver.createOutputTopic(
                Topics.DEAD_LETTERS,
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer());
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(
                topic, Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer());
    }

    /** An event with its message's key, or a mark. */
    TrackerDriver send(TraceRecord... records) {
        for (TraceRecord record : records) {
            String key = record instanceof MessageTraceEvent event
                    ? Keys.message(event).orElseThrow()
                    : null;
            send(key, record, PRODUCED);
        }
        return this;
    }

    void send(@Nullable String key, TraceRecord record, Instant produced) {
        sendBytes(key, TraceRecords.serde().serializer().serialize("", record), produced);
    }

    void sendBytes(@Nullable String key, byte @Nullable [] value, Instant produced) {
        raw.pipeInput(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, produced);
    }

    /** The end of the input; everything is handed on. */
    TrackerDriver end(Instant at) {
        return send(new EndOfInput(at));
    }

    /** Time goes by on the wall: sums are handed on. */
    void flush() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    void register(ConnectorEntry entry) {
        registry(Keys.connector(entry.tenant(), entry.name()), entry);
    }

    void registry(String key, @Nullable ConnectorEntry entry) {
        registry.pipeInput(
                key.getBytes(StandardCharsets.UTF_8),
                entry == null
                        ? null
                        : JsonSerde.of(ConnectorEntry.class).serializer().serialize("", entry));
    }

    /** A registry entry as somebody else may write it. */
    void registryJson(String key, String json) {
        registry.pipeInput(key.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything handed to the monitor so far. */
    List<TrackerMessage> messages() {
        messages.addAll(deltas.readValuesToList());
        return messages;
    }

    /** What all deltas so far add up to. */
    Sums sums() {
        return Sums.of(messages());
    }

    PipelineProgress progress() {
        reports.addAll(progress.readValuesToList());
        return reports.get(reports.size() - 1);
    }

    Accounting accounting() {
        return Objects.requireNonNull(progress().accounting());
    }

    List<LateEvent> late() {
        return late.readValuesToList();
    }

    /** The reasons of the dead letters. */
    List<String> deadLetters() {
        return deadLetters.readRecordsToList().stream()
                .map(TrackerDriver::reason)
                .toList();
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        Header header = letter.headers().lastHeader("__streams.errors.message");
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The most bytes that anything takes that is remembered of a recipient or a message. */
    int largestMemory() {
        int largest = 0;
        try (KeyValueIterator<RecipientKey, RecipientMemory> all = driver.<RecipientKey, RecipientMemory>
                        getKeyValueStore(StoreNames.RECIPIENTS)
                .all()) {
            while (all.hasNext()) {
                largest = Math.max(largest, RecipientMemory.SERDE.serializer().serialize("", all.next().value).length);
            }
        }
        try (KeyValueIterator<RecipientKey.MessageKey, MessageMemory> all = driver.<RecipientKey.MessageKey,
                        MessageMemory>
                        getKeyValueStore(StoreNames.MESSAGES)
                .all()) {
            while (all.hasNext()) {
                largest = Math.max(largest, MessageMemory.SERDE.serializer().serialize("", all.next().value).length);
            }
        }
        return largest;
    }

    /** How many rows a store has. */
    int size(String store) {
        int rows = 0;
        try (KeyValueIterator<Object, Object> all =
                driver.<Object, Object>getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    @Override
    public void close() {
        driver.close();
    }
}
