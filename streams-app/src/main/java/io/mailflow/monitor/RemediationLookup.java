package io.mailflow.monitor;

import io.mailflow.schema.Destination;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what to do about a failure; always finds something. */
@FunctionalInterface
public interface RemediationLookup {

    /**
     * What to do.
     *
     * @param code the failing code
     * @param causes the causes its replies named, most frequent first
     * @param relation whose servers are at the other end, or null if nobody said
     * @param destination the server most attempts failed at, or null if none is known
     */
    Remediation of(String code, List<String> causes, @Nullable Relation relation, @Nullable Destination destination);
}
