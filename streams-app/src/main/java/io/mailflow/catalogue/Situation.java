package io.mailflow.catalogue;

import io.mailflow.schema.Destination;
import io.mailflow.schema.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a failure apart from its code.
 *
 * @param relation whose server stands at the other end, or null if nobody registered it
 * @param destination the server that failed, or null if no text named one
 * @param causes tokens read from the replies, most frequent first
 */
public record Situation(
        @Nullable Relation relation, @Nullable Destination destination, List<String> causes) {

    /** Nothing known. */
    public static final Situation UNKNOWN = new Situation(null, null, List.of());

    public Situation {
        causes = List.copyOf(causes);
    }
}
