package io.mailflow.oracle;

import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.schema.WindowCount;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of the program.
 *
 * @param accounting by source partition; none if nobody looks at it
 * @param windows the newest revision of every window
 * @param health the newest record of every connector
 * @param alerts every publication, in order
 * @param late everything on the topic of late events, if it was looked at
 * @param recipients every queued or expired recipient, if they were looked at
 */
public record Observed(
        Map<Integer, Accounting> accounting,
        Collection<WindowCount> windows,
        Collection<ConnectorHealth> health,
        List<Alert> alerts,
        Optional<List<LateEvent>> late,
        Optional<List<RecipientStatus>> recipients) {

    /** What was read from the topics of a broker; late events and recipients are not looked at. */
    public static Observed of(Outputs outputs, int sources) {
        Map<Integer, Accounting> accounting = new HashMap<>();
        for (int source = 0; source < sources; source++) {
            int partition = source;
            outputs.progress(PipelineProgress.Stage.TRACKER, source)
                    .map(PipelineProgress::accounting)
                    .ifPresent(sums -> accounting.put(partition, sums));
        }
        return new Observed(
                accounting,
                outputs.windows(),
                outputs.health(),
                outputs.publications(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, but nobody looks at what became of the events, only at what they led to. */
    public Observed countsAndAlerts() {
        return new Observed(Map.of(), windows, health, alerts, Optional.empty(), recipients);
    }

    /** The same, with the topic of late events. */
    public Observed withLate(List<LateEvent> events) {
        return new Observed(accounting, windows, health, alerts, Optional.of(List.copyOf(events)), recipients);
    }

    /** The same, with the recipients that the program lists as queued or expired. */
    public Observed withRecipients(List<RecipientStatus> statuses) {
        return new Observed(accounting, windows, health, alerts, late, Optional.of(List.copyOf(statuses)));
    }
}
