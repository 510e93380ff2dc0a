package io.mailflow.properties;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Stores;
import io.mailflow.naming.Topics;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Observed;
import io.mailflow.readmodel.Outputs;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.JsonSerde;
import io.mailflow.topology.MailflowTopology;
import io.mailflow.tracker.RecipientKey;
import io.mailflow.tracker.RecipientMemory;
import io.mailflow.tracker.RecipientStatuses;
import io.mailflow.tracker.TraceRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The real topology on one source partition, without a broker. */
final class Program {

    /** Far from the events: nothing here is near the wall clock. */
    private static final Instant WALL_CLOCK = Instant.parse("2027-06-01T00:00:00Z");

    private Program() {}

    /**
     * Feeds it the input and collects what comes out.
     *
     * @param flushEvery how many records are read between two flushes
     */
    static Observed run(MailflowConfig settings, List<ConnectorEntry> registry, List<Fed> input, int flushEvery) {
        Path stateDir = newDirectory();
        MailflowConfig config = settings.withKafka(settings.kafka().withStateDir(stateDir));
        Map<String, Object> properties = StreamsProperties.of(config);
        Properties forDriver = new Properties();
        forDriver.putAll(properties);
        try (TopologyTestDriver driver =
                new TopologyTestDriver(MailflowTopology.build(config, properties), forDriver, WALL_CLOCK)) {
            TestInputTopic<String, ConnectorEntry> connectors = driver.createInputTopic(
                    Topics.CONNECTORS,
                    Serdes.String().serializer(),
                    JsonSerde.of(ConnectorEntry.class).serializer());
            registry.forEach(entry -> connectors.pipeInput(entry.tenant() + "/" + entry.name(), entry));
            TestInputTopic<String, TraceRecord> events = driver.createInputTopic(
                    Topics.TRACE_EVENTS,
                    Serdes.String().serializer(),
                    TraceRecords.serde().serializer());
            int read = 0;
            for (Fed fed : input) {
                events.pipeInput("", fed.record(), fed.producedAt());
                if (++read % flushEvery == 0) {
                    driver.advanceWallClockTime(config.kafka().commitInterval());
                }
            }
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            return collect(driver);
        } finally {
            delete(stateDir);
        }
    }

    private static Observed collect(TopologyTestDriver driver) {
        Outputs outputs = new Outputs();
        for (String topic : Outputs.TOPICS) {
            driver.createOutputTopic(
                            topic,
                            Serdes.String().deserializer(),
                            Serdes.ByteArray().deserializer())
                    .readKeyValuesToList()
                    .forEach(record -> outputs.accept(new ConsumerRecord<>(topic, 0, 0, record.key, record.value)));
        }
        List<LateEvent> late = driver.createOutputTopic(
                        Topics.LATE_EVENTS,
                        Serdes.String().deserializer(),
                        JsonSerde.of(LateEvent.class).deserializer())
                .readValuesToList();
        return Observed.of(outputs, 1).withLate(late).withRecipients(recipients(driver));
    }

    private static List<RecipientStatus> recipients(TopologyTestDriver driver) {
        List<RecipientStatus> statuses = new ArrayList<>();
        try (KeyValueIterator<RecipientKey, RecipientMemory> all =
                driver.<RecipientKey, RecipientMemory>getKeyValueStore(Stores.RECIPIENTS)
                        .all()) {
            all.forEachRemaining(
                    entry -> RecipientStatuses.of(entry.key, entry.value).forEach(statuses::add));
        }
        return statuses;
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("mailflow-property");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
