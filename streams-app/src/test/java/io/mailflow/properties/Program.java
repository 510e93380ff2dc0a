package io.mailflow.properties;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.StoreNames;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The real topology on one source partition, without a broker. */
final class Program {

    /** Far from the events: nothing here is near the wall clock. */
    static final Instant WALL_CLOCK = Instant.parse("2027-06-01T00:00:00Z");

    private static final int MOST_BETWEEN_FLUSHES = 200;

    private Program() {}

    /** Feeds it the input, flushing now and then, and collects what comes out. */
    static Observed run(MailflowConfig settings, List<ConnectorEntry> registry, List<Fed> input, Random random) {
        try (StateDirectory directory = new StateDirectory()) {
            MailflowConfig config = settings.withKafka(settings.kafka().withStateDir(directory.path()));
            Map<String, Object> properties = StreamsProperties.of(config);
            Properties forDriver = new Properties();
            forDriver.putAll(properties);
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(MailflowTopology.build(config, properties), forDriver, WALL_CLOCK)) {
                feed(driver, config, registry, input, random);
                return Observed.of(outputs(driver, Outputs.TOPICS), 1)
                        .withLate(late(driver))
                        .withRecipients(recipients(driver));
            }
        }
    }

    static void feed(
            TopologyTestDriver driver,
            MailflowConfig config,
            List<ConnectorEntry> registry,
            List<Fed> input,
            Random random) {
        TestInputTopic<String, ConnectorEntry> connectors = driver.createInputTopic(
                Topics.CONNECTORS,
                Serdes.String().serializer(),
                JsonSerde.of(ConnectorEntry.class).serializer());
        registry.forEach(entry -> connectors.pipeInput(entry.tenant() + "/" + entry.name(), entry));
        TestInputTopic<String, TraceRecord> events = driver.createInputTopic(
                Topics.TRACE_EVENTS,
                Serdes.String().serializer(),
                TraceRecords.serde().serializer());
        int untilFlush = 1;
        for (Fed fed : input) {
            events.pipeInput("", fed.record(), fed.producedAt());
            if (--untilFlush == 0) {
                driver.advanceWallClockTime(config.kafka().commitInterval());
                untilFlush = 1 + random.nextInt(MOST_BETWEEN_FLUSHES);
            }
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    static Outputs outputs(TopologyTestDriver driver, Collection<String> topics) {
        Outputs outputs = new Outputs();
        for (String topic : topics) {
            driver.createOutputTopic(
                            topic,
                            Serdes.String().deserializer(),
                            Serdes.ByteArray().deserializer())
                    .readKeyValuesToList()
                    .forEach(record -> outputs.accept(new ConsumerRecord<>(topic, 0, 0, record.key, record.value)));
        }
        return outputs;
    }

    static List<LateEvent> late(TopologyTestDriver driver) {
        return driver.createOutputTopic(
                        Topics.LATE_EVENTS,
                        Serdes.String().deserializer(),
                        JsonSerde.of(LateEvent.class).deserializer())
                .readValuesToList();
    }

    static List<RecipientStatus> recipients(TopologyTestDriver driver) {
        List<RecipientStatus> statuses = new ArrayList<>();
        try (KeyValueIterator<RecipientKey, RecipientMemory> all = driver.<RecipientKey, RecipientMemory>
                        getKeyValueStore(StoreNames.RECIPIENTS)
                .all()) {
            all.forEachRemaining(
                    entry -> RecipientStatuses.of(entry.key, entry.value).forEach(statuses::add));
        }
        return statuses;
    }
}
