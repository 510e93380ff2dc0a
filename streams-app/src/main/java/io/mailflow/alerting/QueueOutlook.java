package io.mailflow.alerting;

import io.mailflow.schema.Alert.Deadlines;
import io.mailflow.schema.Expiring;
import java.util.List;

/**
 * When the queued recipients of one code expire.
 *
 * @param expiring cumulative counts within 1, 4, 12 and 24 hours, overdue ones included
 * @param nextDeadlines how many reach their deadline in the next hours that have any, at most 12 hours of them
 */
public record QueueOutlook(List<Expiring> expiring, List<Deadlines> nextDeadlines) {

    public QueueOutlook {
        expiring = List.copyOf(expiring);
        nextDeadlines = List.copyOf(nextDeadlines);
    }
}
