package io.mailflow.topology;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.CatalogueSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.monitor.ConnectorLookup;
import io.mailflow.monitor.MonitorSupplier;
import io.mailflow.monitor.MonitorTopology;
import io.mailflow.naming.StoreNames;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Registry;
import io.mailflow.tracker.TrackerMessage;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The one factory of every topology. */
public final class MailflowTopology {

    private MailflowTopology() {}

    /**
     * Trace events → tracker → deltas by connector → monitor → alerts, windows, health.
     *
     * @param streamsProperties those that Kafka Streams is started with
     */
    public static Topology build(MailflowConfig config, Map<String, Object> streamsProperties) {
        StreamsBuilder builder = builder(streamsProperties);
        CatalogueSettings settings = config.catalogue();
        Catalogue catalogue = Catalogue.load(settings.folder());
        KStream<ConnectorKey, TrackerMessage> deltas = TrackerStage.addTo(builder, config);
        MonitorTopology.connect(
                deltas,
                new MonitorSupplier(
                        config.time(),
                        config.alerts(),
                        (situation, tenant, language) ->
                                catalogue.remedy(situation, language == null ? settings.languageOf(tenant) : language),
                        MailflowTopology::registry));
        Properties properties = new Properties();
        properties.putAll(streamsProperties);
        return builder.build(properties);
    }

    /** A builder that has the properties: only then it enforces that every internal topic and store is named. */
    static StreamsBuilder builder(Map<String, Object> streamsProperties) {
        return new StreamsBuilder(new TopologyConfig(new StreamsConfig(streamsProperties)));
    }

    private static ConnectorLookup registry(ProcessorContext<?, ?> context) {
        return new Registry(context.getStateStore(StoreNames.REGISTRY))::entry;
    }
}
