package io.mailflow.monitor;

import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/** Where a task keeps its state; the changelog topics keep it either way. */
public enum StateMedium {
    /** On disk: any size, quick to restart. */
    DISK {
        @Override
        KeyValueBytesStoreSupplier keyValue(String name) {
            return Stores.persistentKeyValueStore(name);
        }

        @Override
        WindowBytesStoreSupplier windows(String name, Duration retention, Duration size) {
            return Stores.persistentWindowStore(name, retention, size, false);
        }
    },
    /** In memory: for runs that are small and end. */
    MEMORY {
        @Override
        KeyValueBytesStoreSupplier keyValue(String name) {
            return Stores.inMemoryKeyValueStore(name);
        }

        @Override
        WindowBytesStoreSupplier windows(String name, Duration retention, Duration size) {
            return Stores.inMemoryWindowStore(name, retention, size, false);
        }
    };

    abstract KeyValueBytesStoreSupplier keyValue(String name);

    abstract WindowBytesStoreSupplier windows(String name, Duration retention, Duration size);
}
