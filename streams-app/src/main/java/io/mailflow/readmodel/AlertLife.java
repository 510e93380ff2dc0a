package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One alert with every publication of it, oldest first.
 *
 * @param alert its latest publication
 * @param incident id of its incident, or null
 */
public record AlertLife(Alert alert, @Nullable String incident, List<Step> life) {

    /** One publication. */
    public record Step(
            int sequence,
            Publication publication,
            AlertState state,
            Severity severity,
            List<Reason> reasons,
            Instant at,
            long queued,
            @Nullable Instant nextDeadline) {

        static Step of(Alert alert) {
            return new Step(
                    alert.sequence(),
                    alert.publication(),
                    alert.state(),
                    alert.severity(),
                    alert.reasons(),
                    alert.toldAt(),
                    alert.evidence().queue().recipients(),
                    alert.evidence().queue().nextDeadline());
        }
    }
}
