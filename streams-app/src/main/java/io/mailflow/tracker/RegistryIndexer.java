package io.mailflow.tracker;

import io.mailflow.naming.Stores;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Direction;
import io.mailflow.serde.Json;
import io.mailflow.tracker.Registry.Index;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registry's global store: the entry under its name, and under each of its smart hosts and domains. Reads
 * values as bytes, so that an entry nobody can read is dropped here instead of stopping whoever looks it up.
 */
@SuppressWarnings("NullAway.Init") // Kafka calls init before anything else
public final class RegistryIndexer implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryIndexer.class);

    private KeyValueStore<Registry.Key, ConnectorEntry> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Stores.REGISTRY);
    }

    @Override
    public void process(Record<String, byte[]> message) {
        String key = message.key();
        int slash = key == null ? -1 : key.indexOf('/');
        if (slash < 0) {
            LOG.warn("registry entry dropped: its key '{}' is not tenant/connector", key);
            return;
        }
        Registry.Key name = new Registry.Key(Index.NAME, key.substring(0, slash), key.substring(slash + 1));
        ConnectorEntry entry = null;
        if (message.value() != null) {
            try {
                entry = Json.MAPPER.readValue(message.value(), ConnectorEntry.class);
            } catch (IOException e) {
                LOG.warn("registry entry {} dropped: {}", key, e.getMessage());
                return;
            }
        }
        ConnectorEntry previous = store.get(name);
        if (previous != null) {
            indexes(previous).forEach(index -> {
                ConnectorEntry holder = store.get(index);
                if (holder != null && holder.name().equals(name.value())) {
                    store.delete(index);
                }
            });
        }
        put(name, entry);
        if (entry != null && entry.direction() == Direction.OUTBOUND) {
            ConnectorEntry indexed = entry;
            indexes(indexed).forEach(index -> store.put(index, indexed));
        }
    }

    private void put(Registry.Key name, @Nullable ConnectorEntry entry) {
        if (entry == null) {
            store.delete(name);
        } else {
            store.put(name, entry);
        }
    }

    private static Stream<Registry.Key> indexes(ConnectorEntry entry) {
        return Stream.concat(
                entry.smartHosts().stream()
                        .map(host -> new Registry.Key(Index.HOST, entry.tenant(), host.toLowerCase(Locale.ROOT))),
                entry.recipientDomains().stream()
                        .map(domain ->
                                new Registry.Key(Index.DOMAIN, entry.tenant(), domain.toLowerCase(Locale.ROOT))));
    }
}
