package io.mailflow.tracker;

import io.mailflow.config.TimeSettings;
import io.mailflow.naming.StoreNames;
import io.mailflow.schema.TraceRecord;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Supplies {@link MessageTracker}s and the stores they own. */
public final class MessageTrackerSupplier
        implements ProcessorSupplier<String, TraceRecord, ConnectorKey, TrackerOutput> {

    private final TimeSettings time;
    private final int sourceCount;
    private final Duration flushInterval;

    /** See {@link MessageTracker}. */
    public MessageTrackerSupplier(TimeSettings time, int sourceCount, Duration flushInterval) {
        this.time = time;
        this.sourceCount = sourceCount;
        this.flushInterval = flushInterval;
    }

    @Override
    public Processor<String, TraceRecord, ConnectorKey, TrackerOutput> get() {
        return new MessageTracker(time, sourceCount, flushInterval);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                persistent(StoreNames.RECIPIENTS, RecipientKey.SERDE, RecipientMemory.SERDE),
                persistent(StoreNames.MESSAGES, RecipientKey.MessageKey.SERDE, MessageMemory.SERDE),
                persistent(StoreNames.TIMERS, Timers.Key.SERDE, Serdes.ByteArray()),
                // Small and drained several times a second: memory and changelog are enough.
                inMemory(StoreNames.PENDING_DELTAS, PendingDeltas.Key.SERDE, Serdes.ByteArray()),
                inMemory(StoreNames.SOURCE, Serdes.Integer(), SourceState.SERDE),
                fingerprints(StoreNames.SEEN_SUCCESSES, time.successHorizon()),
                fingerprints(StoreNames.SEEN_FAILURES, time.horizon()));
    }

    private static <K, V> StoreBuilder<?> persistent(
            String name,
            Serde<K> key,
            Serde<V> value) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), key, value)
                .withCachingEnabled();
    }

    private static <K, V> StoreBuilder<?> inMemory(
            String name,
            Serde<K> key,
            Serde<V> value) {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), key, value)
                .withCachingEnabled();
    }

    /** Old segments are dropped whole; a fingerprint past retention belongs to an event that is late anyway. */
    private static StoreBuilder<?> fingerprints(String name, Duration retention) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(
                        name, retention, Duration.ofMinutes(1), false),
                Serdes.Bytes(),
                Serdes.ByteArray());
    }
}
