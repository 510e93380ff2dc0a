package io.mailflow.properties;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.MailflowConfig;
import io.mailflow.monitor.MonitorSupplier;
import io.mailflow.monitor.MonitorTopology;
import io.mailflow.naming.Topics;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Observed;
import io.mailflow.readmodel.Outputs;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.topology.TrackerStage;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Heartbeat;
import io.mailflow.tracker.TrackerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The two stages without a broker: a tracker for each source partition, each read to its end by itself, and one monitor
 * that hears of them in some interleaving. A driver has one partition, so each tracker believes that it is the first;
 * what it sends is renumbered on the way.
 */
final class SeveralSources {

    private static final String DELTAS = "deltas";

    private final MailflowConfig config;
    private final List<ConnectorEntry> registry;
    private final Random random;
    private final Map<Integer, Accounting> accounting = new HashMap<>();
    private final List<LateEvent> late = new ArrayList<>();
    private final List<RecipientStatus> recipients = new ArrayList<>();

    private SeveralSources(MailflowConfig config, List<ConnectorEntry> registry, Random random) {
        this.config = config;
        this.registry = registry;
        this.random = random;
    }

    static Observed run(
            MailflowConfig settings, List<ConnectorEntry> registry, List<Fed> input, int sources, Random random) {
        MailflowConfig config = settings.withKafka(settings.kafka().withSourcePartitions(sources));
        SeveralSources program = new SeveralSources(config, registry, random);
        List<Deque<KeyValue<ConnectorKey, TrackerMessage>>> sent = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            int partition = source;
            sent.add(program.track(
                    partition,
                    input.stream().filter(fed -> fed.partition() == partition).toList()));
        }
        return program.monitor(sent);
    }

    private Deque<KeyValue<ConnectorKey, TrackerMessage>> track(int partition, List<Fed> input) {
        try (StateDirectory directory = new StateDirectory()) {
            MailflowConfig here = config.withKafka(config.kafka().withStateDir(directory.path()));
            Properties properties = properties(here);
            StreamsBuilder builder = builder(properties);
            TrackerStage.addTo(builder, here).to(DELTAS, Produced.with(ConnectorKey.SERDE, TrackerMessage.SERDE));
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(builder.build(properties), properties, Program.WALL_CLOCK)) {
                Program.feed(driver, here, registry, input, random);
                Outputs outputs = Program.outputs(driver, List.of(Topics.PROGRESS));
                accounting.put(partition, Observed.of(outputs, 1).accounting().get(0));
                late.addAll(Program.late(driver));
                recipients.addAll(Program.recipients(driver));
                Deque<KeyValue<ConnectorKey, TrackerMessage>> sent = new ArrayDeque<>();
                driver.createOutputTopic(DELTAS, ConnectorKey.SERDE.deserializer(), TrackerMessage.SERDE.deserializer())
                        .readKeyValuesToList()
                        .forEach(message -> sent.add(KeyValue.pair(message.key, from(partition, message.value))));
                return sent;
            }
        }
    }

    private static TrackerMessage from(int partition, TrackerMessage message) {
        if (message instanceof ConnectorDelta delta) {
            return new ConnectorDelta(
                    partition,
                    delta.minute(),
                    delta.connector(),
                    delta.attempts(),
                    delta.queued(),
                    delta.expired(),
                    delta.queuedMessages(),
                    delta.samples());
        }
        Heartbeat heartbeat = (Heartbeat) message;
        return new Heartbeat(
                partition, heartbeat.sourceCount(), heartbeat.progressMs(), heartbeat.ended(), heartbeat.spokenMs());
    }

    private Observed monitor(List<Deque<KeyValue<ConnectorKey, TrackerMessage>>> sent) {
        try (StateDirectory directory = new StateDirectory()) {
            Properties properties = properties(config.withKafka(config.kafka().withStateDir(directory.path())));
            StreamsBuilder builder = builder(properties);
            MonitorTopology.connect(
                    builder.stream(
                            DELTAS,
                            Consumed.with(ConnectorKey.SERDE, TrackerMessage.SERDE)
                                    .withName("deltas")),
                    new MonitorSupplier(
                            config.time(),
                            config.alerts(),
                            (situation, tenant, language) -> Catalogue.shipped().remedy(situation, "en"),
                            context -> connector -> registry.stream()
                                    .filter(entry -> entry.tenant().equals(connector.tenant())
                                            && entry.name().equals(connector.name()))
                                    .findFirst()));
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(builder.build(properties), properties, Program.WALL_CLOCK)) {
                interleave(
                        sent,
                        driver.createInputTopic(
                                DELTAS, ConnectorKey.SERDE.serializer(), TrackerMessage.SERDE.serializer()));
                Outputs outputs = Program.outputs(driver, Outputs.TOPICS);
                return new Observed(
                                accounting,
                                outputs.windows(),
                                outputs.health(),
                                outputs.publications(),
                                Optional.empty(),
                                Optional.empty())
                        .withLate(late)
                        .withRecipients(recipients);
            }
        }
    }

    /** Takes from each source by turns, sometimes a little and sometimes hours' worth. */
    private void interleave(
            List<Deque<KeyValue<ConnectorKey, TrackerMessage>>> sent,
            TestInputTopic<ConnectorKey, TrackerMessage> deltas) {
        while (sent.stream().anyMatch(waiting -> !waiting.isEmpty())) {
            Deque<KeyValue<ConnectorKey, TrackerMessage>> source = sent.get(random.nextInt(sent.size()));
            for (int i = 1 << random.nextInt(8); i > 0 && !source.isEmpty(); i--) {
                deltas.pipeInput(source.peek().key, source.poll().value);
            }
        }
    }

    private static Properties properties(MailflowConfig config) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        return properties;
    }

    private static StreamsBuilder builder(Properties properties) {
        return new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    }
}
