package io.mailflow.monitor;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Real stores in memory. */
final class TestStores {

    private TestStores() {}

    static <K, V> KeyValueStore<K, V> keyValue(Serde<K> key, Serde<V> value) {
        return started(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("test"), key, value));
    }

    static <K, V> WindowStore<K, V> windows(WindowSize size, Serde<K> key, Serde<V> value) {
        return started(Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore(size.store(), size.retention(), size.size(), false), key, value));
    }

    private static <S extends StateStore> S started(StoreBuilder<S> builder) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(properties);
        S store = builder.withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
