package io.mailflow.topology;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Keys;
import io.mailflow.naming.Operators;
import io.mailflow.naming.StoreNames;
import io.mailflow.naming.Topics;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.DeltaPartitioner;
import io.mailflow.tracker.MessageTrackerSupplier;
import io.mailflow.tracker.Registry;
import io.mailflow.tracker.RegistryIndexer;
import io.mailflow.tracker.TraceRecords;
import io.mailflow.tracker.TrackerMessage;
import io.mailflow.tracker.TrackerOutput;
import io.mailflow.tracker.TrackerOutput.Late;
import io.mailflow.tracker.TrackerOutput.Progress;
import io.mailflow.tracker.TrackerOutput.ToMonitor;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/** The first half of the topology: from trace events and the registry to the deltas of connectors. */
public final class TrackerStage {

    private TrackerStage() {}

    /** Adds the stage and gives what crosses to the monitor, already partitioned by connector. */
    public static KStream<ConnectorKey, TrackerMessage> addTo(StreamsBuilder builder, MailflowConfig config) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(StoreNames.REGISTRY),
                        Registry.Key.SERDE,
                        JsonSerde.of(ConnectorEntry.class)),
                Topics.CONNECTORS,
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(Operators.INDEX_REGISTRY),
                RegistryIndexer::new);

        KStream<ConnectorKey, TrackerOutput> tracked = builder.stream(
                        Topics.TRACE_EVENTS,
                        Consumed.with(Serdes.String(), TraceRecords.serde()).withName(Operators.INGEST_TRACE_EVENTS))
                .process(
                        new MessageTrackerSupplier(
                                config.time(),
                                config.kafka().sourcePartitions(),
                                config.kafka().commitInterval()),
                        Named.as(Operators.TRACK_MESSAGES));

        tracked.filter((key, output) -> output instanceof Late, Named.as(Operators.SELECT_LATE_EVENTS))
                .map(
                        (key, output) -> {
                            LateEvent late = ((Late) output).event();
                            return KeyValue.pair(late.event().tenant(), late);
                        },
                        Named.as(Operators.KEY_LATE_EVENTS))
                .to(
                        Topics.LATE_EVENTS,
                        Produced.with(Serdes.String(), JsonSerde.of(LateEvent.class))
                                .withName(Operators.EGRESS_LATE_EVENTS));
        tracked.filter((key, output) -> output instanceof Progress, Named.as(Operators.SELECT_TRACKER_PROGRESS))
                .map(
                        (key, output) -> {
                            PipelineProgress progress = ((Progress) output).progress();
                            return KeyValue.pair(Keys.progress(progress), progress);
                        },
                        Named.as(Operators.KEY_TRACKER_PROGRESS))
                .to(
                        Topics.PROGRESS,
                        Produced.with(Serdes.String(), JsonSerde.of(PipelineProgress.class))
                                .withName(Operators.EGRESS_TRACKER_PROGRESS));
        return tracked.filter((key, output) -> output instanceof ToMonitor, Named.as(Operators.SELECT_DELTAS))
                .mapValues(output -> ((ToMonitor) output).message(), Named.as(Operators.UNWRAP_DELTAS))
                .repartition(Repartitioned.<ConnectorKey, TrackerMessage>as(Operators.REPARTITION_DELTAS)
                        .withKeySerde(ConnectorKey.SERDE)
                        .withValueSerde(TrackerMessage.SERDE)
                        .withStreamPartitioner(new DeltaPartitioner())
                        .withNumberOfPartitions(config.kafka().connectorPartitions()));
    }
}
