package io.mailflow.tracker;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import org.apache.kafka.common.serialization.Serde;

/**
 * A connector: the route of a tenant.
 *
 * @param tenant the organisation
 * @param name the connector's name, or {@link ConnectorSource#UNKNOWN_CONNECTOR}
 */
public record ConnectorKey(String tenant, String name) implements Comparable<ConnectorKey> {

    /** Its binary form. */
    public static final Serde<ConnectorKey> SERDE = BinarySerde.key((out, key) -> key.write(out), ConnectorKey::read);

    /** Appends it. */
    public void write(BinaryOutput out) {
        out.text(tenant).text(name);
    }

    /** Reads what {@link #write} wrote. */
    public static ConnectorKey read(BinaryInput in) {
        return new ConnectorKey(in.text(), in.text());
    }

    @Override
    public int compareTo(ConnectorKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : name.compareTo(other.name);
    }
}
