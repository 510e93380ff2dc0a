package io.mailflow.alerting;

import io.mailflow.schema.Alert.CauseCount;
import io.mailflow.schema.Alert.FailingDestination;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of one code that is not a sum: bounded, best effort, without addresses.
 *
 * @param destinations the servers most attempts failed at
 * @param messageIds network message ids of some failing messages
 * @param causes how often each cause was read from the replies, most frequent first
 * @param lastError the newest reply text, shortened
 */
public record Samples(
        List<FailingDestination> destinations,
        List<String> messageIds,
        List<CauseCount> causes,
        @Nullable String lastError) {

    /** No evidence kept. */
    public static final Samples NONE = new Samples(List.of(), List.of(), List.of(), null);

    public Samples {
        destinations = List.copyOf(destinations);
        messageIds = List.copyOf(messageIds);
        causes = List.copyOf(causes);
    }
}
