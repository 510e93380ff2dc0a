package io.mailflow.tracker;

import io.mailflow.config.TimeSettings;
import io.mailflow.naming.StoreNames;
import io.mailflow.schema.TraceRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
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
                byTime(StoreNames.SEEN_SUCCESSES, successesKept()),
                byTime(StoreNames.SEEN_FAILURES, failuresKept()));
    }

    private static <K, V> StoreBuilder<?> persistent(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value)
                .withCachingEnabled();
    }

    private static <K, V> StoreBuilder<?> inMemory(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
                .withCachingEnabled();
    }

    /** Counted from the newest event, which progress follows at the reorder bound. */
    private Duration successesKept() {
        return time.successHorizon().plus(time.reorderBound()).plus(time.lateness());
    }

    /** As long as a recipient can be remembered whose lifetime is a usual one. */
    private Duration failuresKept() {
        Duration longest = Collections.max(List.of(time.lifetimeServer(), time.lifetimeOnline(), Duration.ofDays(1)));
        return longest.plus(time.margin())
                .plus(time.horizon())
                .plus(time.reorderBound())
                .plus(time.lateness());
    }

    /** Old segments are dropped whole. */
    private static StoreBuilder<?> byTime(String name, Duration retention) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, retention, Duration.ofMinutes(1), false),
                Serdes.Bytes(),
                Serdes.ByteArray());
    }
}
