package io.mailflow.tracker;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.serde.BinarySerde;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The connector registry as processors read it: entries by name, and names by smart host and recipient domain. */
public final class Registry {

    private final ReadOnlyKeyValueStore<Key, ConnectorEntry> store;

    public Registry(ReadOnlyKeyValueStore<Key, ConnectorEntry> store) {
        this.store = store;
    }

    /**
     * A row of the store.
     *
     * @param index {@code name}, {@code host} or {@code domain}
     * @param tenant the organisation
     * @param value the connector's name, a smart host or a domain, by index
     */
    public record Key(Index index, String tenant, String value) {

        /** Its binary form. */
        public static final Serde<Key> SERDE = BinarySerde.key(
                (out, key) -> out.text(key.index.name()).text(key.tenant).text(key.value),
                in -> new Key(Index.valueOf(in.text()), in.text(), in.text()));
    }

    /** What a row is found by. */
    public enum Index {
        NAME,
        HOST,
        DOMAIN
    }

    /** The entry of a connector, if it is registered. */
    public Optional<ConnectorEntry> entry(ConnectorKey connector) {
        return Optional.ofNullable(store.get(new Key(Index.NAME, connector.tenant(), connector.name())));
    }

    /** The outbound connector that has {@code host} (a name or an address) among its smart hosts. */
    public Optional<String> bySmartHost(String tenant, @Nullable String host) {
        return host == null ? Optional.empty() : name(new Key(Index.HOST, tenant, host.toLowerCase(Locale.ROOT)));
    }

    /**
     * The outbound connector that has {@code domain} among its recipient domains: an exact entry first, then the
     * closest {@code *.parent}, then {@code *}.
     */
    public Optional<String> byRecipientDomain(String tenant, String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        Optional<String> found = name(new Key(Index.DOMAIN, tenant, lower));
        for (int dot = lower.indexOf('.'); found.isEmpty() && dot >= 0; dot = lower.indexOf('.', dot + 1)) {
            found = name(new Key(Index.DOMAIN, tenant, "*" + lower.substring(dot)));
        }
        return found.isPresent() ? found : name(new Key(Index.DOMAIN, tenant, "*"));
    }

    private Optional<String> name(Key key) {
        return Optional.ofNullable(store.get(key)).map(ConnectorEntry::name);
    }
}
