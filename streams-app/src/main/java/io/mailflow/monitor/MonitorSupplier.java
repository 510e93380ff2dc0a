package io.mailflow.monitor;

import static io.mailflow.naming.StoreNames.CODES;
import static io.mailflow.naming.StoreNames.CONNECTORS;
import static io.mailflow.naming.StoreNames.EPISODES;
import static io.mailflow.naming.StoreNames.OPEN_WINDOWS;
import static io.mailflow.naming.StoreNames.PROVISIONAL_EPISODES;
import static io.mailflow.naming.StoreNames.QUEUE_INDEX;
import static io.mailflow.naming.StoreNames.SOURCES;
import static io.mailflow.naming.StoreNames.WAITING_DELTAS;

import io.mailflow.alerting.Episode;
import io.mailflow.config.AlertSettings;
import io.mailflow.config.TimeSettings;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.TrackerMessage;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Supplies the {@link ConnectorMonitor} of each task, with its stores. */
public final class MonitorSupplier implements ProcessorSupplier<ConnectorKey, TrackerMessage, String, MonitorOutput> {

    private final TimeSettings time;
    private final AlertSettings alerts;
    private final RemediationLookup remediations;
    private final RegistryAccess registry;
    private final StateMedium medium;

    /**
     * A supplier.
     *
     * @param time lateness and idle timeout
     * @param alerts thresholds, before the registry's overrides
     * @param remediations what to do about failures
     * @param registry where a task finds the connector registry
     * @param medium where state is kept
     */
    public MonitorSupplier(
            TimeSettings time,
            AlertSettings alerts,
            RemediationLookup remediations,
            RegistryAccess registry,
            StateMedium medium) {
        this.time = time;
        this.alerts = alerts;
        this.remediations = remediations;
        this.registry = registry;
        this.medium = medium;
    }

    /** A supplier of monitors with their state on disk. */
    public MonitorSupplier(
            TimeSettings time, AlertSettings alerts, RemediationLookup remediations, RegistryAccess registry) {
        this(time, alerts, remediations, registry, StateMedium.DISK);
    }

    /** Finds the connector registry from within a task. */
    @FunctionalInterface
    public interface RegistryAccess {

        /** The registry as that task sees it. */
        ConnectorLookup in(ProcessorContext<?, ?> context);
    }

    @Override
    public Processor<ConnectorKey, TrackerMessage, String, MonitorOutput> get() {
        return new ConnectorMonitor(time, alerts, remediations, registry);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> stores = new HashSet<>();
        // Deltas are put and taken within seconds: with a cache most never reach the disk or the changelog.
        stores.add(keyValue(WAITING_DELTAS, WaitingDeltas.Key.SERDE, TrackerMessage.SERDE)
                .withCachingEnabled());
        stores.add(keyValue(QUEUE_INDEX, QueueKey.SERDE, Serdes.Long()));
        stores.add(keyValue(SOURCES, Serdes.Integer(), SourcePosition.SERDE));
        stores.add(keyValue(OPEN_WINDOWS, Windows.OpenWindow.SERDE, Serdes.ByteArray()));
        stores.add(keyValue(CONNECTORS, ConnectorKey.SERDE, ConnectorState.SERDE));
        stores.add(keyValue(CODES, CodeKey.SERDE, CodeState.SERDE));
        // Few, and their fields grow: by name, not by place.
        stores.add(keyValue(EPISODES, CodeKey.SERDE, JsonSerde.of(Episode.class)));
        stores.add(keyValue(PROVISIONAL_EPISODES, CodeKey.SERDE, JsonSerde.of(Episode.class)));
        for (WindowSize size : WindowSize.values()) {
            stores.add(Stores.windowStoreBuilder(
                    medium.windows(size.store(), size.retention(), size.size()), CodeKey.SERDE, WindowState.SERDE));
        }
        return stores;
    }

    private <K, V> StoreBuilder<?> keyValue(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(medium.keyValue(name), key, value);
    }
}
