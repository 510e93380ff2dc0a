package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Expiring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many queued recipients of a connector expire when.
 *
 * @param at event time of the report, null where nothing was heard of the connector
 * @param recipients queued then
 * @param deadlines disjoint, in order, together all recipients
 * @param byCode finer, for each code with an open alert, as of that alert's last publication
 */
public record QueueProfile(
        String tenant,
        String connector,
        @Nullable Instant at,
        long recipients,
        List<Bucket> deadlines,
        List<CodeProfile> byCode) {

    /** Recipients with a deadline in {@code [from, to)}: overdue ones included without from, no end without to. */
    public record Bucket(@Nullable Instant from, @Nullable Instant to, long recipients) {}

    /** Deadlines of one code. */
    public record CodeProfile(String code, Instant at, List<Alert.Deadlines> deadlines) {}

    static QueueProfile of(ConnectorId id, @Nullable ConnectorHealth health, List<Alert> open) {
        List<CodeProfile> byCode = open.stream()
                .map(alert -> new CodeProfile(
                        alert.code(), alert.changedAt(), alert.evidence().nextDeadlines()))
                .toList();
        return health == null
                ? new QueueProfile(id.tenant(), id.connector(), null, 0, List.of(), byCode)
                : new QueueProfile(
                        id.tenant(), id.connector(), health.at(), health.queue().recipients(), buckets(health), byCode);
    }

    /** The report's counts are cumulative. */
    private static List<Bucket> buckets(ConnectorHealth health) {
        List<Bucket> buckets = new ArrayList<>();
        Instant from = null;
        long before = 0;
        for (Expiring expiring : health.queue().expiring()) {
            Instant to = health.at().plus(Duration.ofHours(expiring.withinHours()));
            buckets.add(new Bucket(from, to, expiring.recipients() - before));
            from = to;
            before = expiring.recipients();
        }
        buckets.add(new Bucket(from, null, health.queue().recipients() - before));
        return buckets;
    }
}
