package io.mailflow.web;

import io.mailflow.readmodel.ReadState;
import org.jspecify.annotations.Nullable;

/** The running program, as far as the web shows it. */
public interface Program {

    /** How far it is with being able to answer. */
    ReadState state();

    /** Why it is in this state, where there is something to say. */
    @Nullable
    String reason();

    /** This instance of the stream. */
    StreamReport stream();

    /** All instances of the stream. */
    GroupReport group();

    /** The on-call router of this instance. */
    RouterReport router();

    /** The local database behind the answers. */
    ReadModelReport readModel();

    /** Empties the local database and reads the topics anew; returns at once. */
    void rebuildReadModel();
}
