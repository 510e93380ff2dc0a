package io.mailflow.monitor;

import io.mailflow.catalogue.Situation;
import io.mailflow.schema.Remediation;
import org.jspecify.annotations.Nullable;

/** Finds what to do about a failure; always finds something. */
@FunctionalInterface
public interface RemediationLookup {

    /**
     * What to do.
     *
     * @param situation what is known of the failure
     * @param tenant whose connector it is
     * @param language what the registry says the connector's alerts are written in, or null if it says nothing
     */
    Remediation of(Situation situation, String tenant, @Nullable String language);
}
