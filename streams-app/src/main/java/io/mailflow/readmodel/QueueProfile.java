package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many queued recipients of a connector expire when.
 *
 * @param at event time of the report, null where nothing was heard of the connector
 * @param recipients queued then
 * @param deadlines by the hour, in order, together all recipients; hours without any are left out
 * @param byCode finer, for each code with an open alert, as of that alert's last publication
 */
public record QueueProfile(
        String tenant,
        String connector,
        @Nullable Instant at,
        long recipients,
        List<ConnectorHealth.Deadlines> deadlines,
        List<CodeProfile> byCode) {

    /** Deadlines of one code. */
    public record CodeProfile(String code, Instant at, List<Alert.Deadlines> deadlines) {}

    static QueueProfile of(ConnectorId id, @Nullable ConnectorHealth health, List<Alert> open) {
        List<CodeProfile> byCode = open.stream()
                .map(alert -> new CodeProfile(
                        alert.code(), alert.toldAt(), alert.evidence().nextDeadlines()))
                .toList();
        return health == null
                ? new QueueProfile(id.tenant(), id.connector(), null, 0, List.of(), byCode)
                : new QueueProfile(
                        id.tenant(),
                        id.connector(),
                        health.at(),
                        health.queue().recipients(),
                        health.queue().deadlines(),
                        byCode);
    }
}
