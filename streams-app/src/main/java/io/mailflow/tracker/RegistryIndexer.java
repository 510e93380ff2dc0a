package io.mailflow.tracker;

import io.mailflow.config.TimeSettings;
import io.mailflow.naming.Keys;
import io.mailflow.naming.StoreNames;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.Direction;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.Registry.Index;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registry's global store: the entry under its name, and under each of its smart hosts and domains. Reads
 * values as bytes, so that an entry nobody can read is dropped here, counted and logged, instead of stopping whoever
 * looks it up. Of connectors that share a host or a domain the one with the smallest name has it, in whatever order
 * they were read.
 */
@SuppressWarnings("NullAway.Init") // Kafka calls init before anything else
public final class RegistryIndexer implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryIndexer.class);

    private final Deserializer<ConnectorEntry> json =
            JsonSerde.of(ConnectorEntry.class).deserializer();
    private KeyValueStore<Registry.Key, ConnectorEntry> store;
    private Sensor dropped;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(StoreNames.REGISTRY);
        dropped = context.metrics()
                .addRateTotalSensor("registry", "connectors", "dropped-entries", Sensor.RecordingLevel.INFO);
    }

    @Override
    public void process(Record<String, byte[]> message) {
        String key = message.key();
        List<String> parts = key == null ? List.of() : Keys.split(key);
        if (parts.size() != 2) {
            drop(key, "its key is not tenant/connector, with slashes inside a part written %2F");
            return;
        }
        Registry.Key name = new Registry.Key(Index.NAME, parts.get(0), parts.get(1));
        if (message.value() == null) {
            replace(name, null);
            return;
        }
        try {
            ConnectorEntry entry = json.deserialize("", message.value());
            String flaw = flaw(entry, name);
            if (flaw.isEmpty()) {
                replace(name, entry);
            } else {
                drop(key, flaw);
            }
        } catch (SerializationException e) {
            drop(key, String.valueOf(e.getMessage()));
        }
    }

    private void drop(@Nullable String key, String reason) {
        dropped.record();
        LOG.warn("registry entry '{}' dropped: {}", key, reason);
    }

    private static String flaw(ConnectorEntry entry, Registry.Key name) {
        if (!name.tenant().equals(entry.tenant()) || !name.value().equals(entry.name())) {
            return "its key says tenant " + name.tenant() + ", connector " + name.value() + "; its value says "
                    + entry.tenant() + ", " + entry.name();
        }
        if (missing(entry.direction()) || missing(entry.type())) {
            return "it has no direction or no type";
        }
        Duration lifetime = entry.lifetime();
        if (lifetime != null
                && (lifetime.isNegative()
                        || lifetime.isZero()
                        || lifetime.compareTo(TimeSettings.LONGEST_LIFETIME) > 0)) {
            return "its lifetime is " + lifetime + "; expected more than none and at most "
                    + TimeSettings.LONGEST_LIFETIME;
        }
        return entry.maintenance().stream().anyMatch(window -> missing(window.start()) || missing(window.end()))
                ? "a maintenance window of it has no start or no end"
                : "";
    }

    /** Jackson leaves out what the JSON leaves out, whatever the record promises. */
    private static boolean missing(@Nullable Object value) {
        return value == null;
    }

    private void replace(Registry.Key name, @Nullable ConnectorEntry entry) {
        ConnectorEntry previous = store.get(name);
        if (entry == null) {
            store.delete(name);
        } else {
            store.put(name, entry);
        }
        if (previous != null) {
            indexes(previous).forEach(this::inherit);
        }
        if (entry != null) {
            indexes(entry).forEach(index -> claim(index, entry));
        }
    }

    private void claim(Registry.Key index, ConnectorEntry entry) {
        ConnectorEntry holder = store.get(index);
        if (holder == null || entry.name().compareTo(holder.name()) <= 0) {
            store.put(index, entry);
        }
    }

    /** The holder of the index has changed or gone: whoever else has it comes next. Registries are small and calm. */
    private void inherit(Registry.Key index) {
        Optional<ConnectorEntry> heir;
        try (KeyValueIterator<Registry.Key, ConnectorEntry> all = store.all()) {
            Stream.Builder<KeyValue<Registry.Key, ConnectorEntry>> rows = Stream.builder();
            all.forEachRemaining(rows);
            heir = rows.build()
                    .filter(row -> row.key.index() == Index.NAME)
                    .map(row -> row.value)
                    .filter(entry -> indexes(entry).anyMatch(index::equals))
                    .min(Comparator.comparing(ConnectorEntry::name));
        }
        if (heir.isPresent()) {
            store.put(index, heir.get());
        } else {
            store.delete(index);
        }
    }

    private static Stream<Registry.Key> indexes(ConnectorEntry entry) {
        if (entry.direction() != Direction.OUTBOUND) {
            return Stream.empty();
        }
        return Stream.concat(
                entry.smartHosts().stream()
                        .map(host -> new Registry.Key(Index.HOST, entry.tenant(), host.toLowerCase(Locale.ROOT))),
                entry.recipientDomains().stream()
                        .map(domain ->
                                new Registry.Key(Index.DOMAIN, entry.tenant(), domain.toLowerCase(Locale.ROOT))));
    }
}
