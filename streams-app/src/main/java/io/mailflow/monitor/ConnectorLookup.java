package io.mailflow.monitor;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.tracker.ConnectorKey;
import java.util.Optional;

/** Finds the registry's entry of a connector. */
@FunctionalInterface
public interface ConnectorLookup {

    /** The entry, if the connector is registered. */
    Optional<ConnectorEntry> entry(ConnectorKey connector);
}
