package io.mailflow.readmodel;

import io.mailflow.schema.ConnectorEntry;
import java.util.Optional;

/** The connector registry. */
public final class RegistryQuestions {

    private final ReadModel model;

    public RegistryQuestions(ReadModel model) {
        this.model = model;
    }

    /** A connector's entry, if it has one. */
    public Optional<ConnectorEntry> entry(ConnectorId id) {
        return model.read(sql -> Standings.read(sql, "registration", id, ConnectorEntry.class));
    }
}
