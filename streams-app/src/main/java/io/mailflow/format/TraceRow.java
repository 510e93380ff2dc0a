package io.mailflow.format;

import io.mailflow.schema.MessageTraceEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one readable row gave.
 *
 * @param timestamp when, to the millisecond
 * @param tenant the organisation the row names, or null
 * @param others events of class OTHER, which are only counted
 * @param events the other events; their tenant is {@link #NO_TENANT} where the row names none, their recipient {@link
 *     #UNNAMED}
 */
public record TraceRow(Instant timestamp, @Nullable String tenant, int others, List<MessageTraceEvent> events) {

    /** Stands for a tenant that is known only when everything has been read. */
    public static final String NO_TENANT = "";

    /** Stands for the one recipient of a trace detail that names none; other inputs may. */
    public static final String UNNAMED = "unknown";
}
