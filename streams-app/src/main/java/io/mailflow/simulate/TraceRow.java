package io.mailflow.simulate;

import io.mailflow.schema.EventClass;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row that the simulated world logs, before it takes the form of a file or of canonical events.
 *
 * @param timestamp when it happened
 * @param tenant whose server logged it
 * @param event the class it belongs to
 * @param eventId its name in Exchange's logs
 * @param source the transport component that logged it
 * @param mail the message
 * @param recipients the recipients it speaks of
 * @param statuses one status for each recipient, or none at all
 * @param route the outbound route it speaks of, or null where it names none
 * @param site where the attempt went, or null where there was none
 * @param answered whether that server answered
 * @param context why, or null
 * @param deferUntil when the next attempt is due, or null
 */
record TraceRow(
        Instant timestamp,
        SimulatedTenant tenant,
        EventClass event,
        String eventId,
        String source,
        Mail mail,
        List<String> recipients,
        List<String> statuses,
        @Nullable Route route,
        @Nullable Site site,
        boolean answered,
        @Nullable String context,
        @Nullable Instant deferUntil) {

    /** A row that speaks of no outbound connector. */
    static TraceRow noise(
            Instant timestamp,
            SimulatedTenant tenant,
            String eventId,
            String source,
            Mail mail,
            List<String> recipients,
            List<String> statuses) {
        return new TraceRow(
                timestamp,
                tenant,
                EventClass.OTHER,
                eventId,
                source,
                mail,
                recipients,
                statuses,
                null,
                null,
                true,
                null,
                null);
    }

    /** The server that answered the attempt; null where none did, or there was no attempt. */
    @Nullable
    Site answeredBy() {
        return answered ? site : null;
    }

    /** This row with a context. */
    TraceRow because(String reason) {
        return new TraceRow(
                timestamp,
                tenant,
                event,
                eventId,
                source,
                mail,
                recipients,
                statuses,
                route,
                site,
                answered,
                reason,
                deferUntil);
    }

    /** Whether the row was logged on a receive connector. */
    boolean receiving() {
        return eventId.equals("RECEIVE") || (route == null && source.equals("SMTP") && eventId.equals("FAIL"));
    }
}
