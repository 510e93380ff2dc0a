package io.mailflow.simulate;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The canonical form of a logged row: what the readers of the real formats make of it, one event per recipient. */
final class CanonicalEvents {

    private CanonicalEvents() {}

    /** The events of one row, in the order of its recipients. */
    static List<MessageTraceEvent> of(TraceRow row) {
        List<MessageTraceEvent> events = new ArrayList<>(row.recipients().size());
        for (int i = 0; i < row.recipients().size(); i++) {
            events.add(event(
                    row,
                    row.recipients().get(i),
                    row.statuses().isEmpty() ? null : row.statuses().get(i)));
        }
        return events;
    }

    private static MessageTraceEvent event(TraceRow row, String recipient, @Nullable String status) {
        Mail mail = row.mail();
        Route route = row.route();
        Site site = row.answeredBy();
        boolean online = row.tenant().platform() == Platform.EXCHANGE_ONLINE;
        String connector = route != null
                ? route.name()
                : !online && row.receiving() ? row.tenant().receiveConnector() : null;
        return new MessageTraceEvent(
                row.tenant().name(),
                row.timestamp(),
                row.event(),
                row.eventId(),
                row.source(),
                mail.networkMessageId(),
                mail.messageId(),
                row.tenant().server(),
                Long.toString(mail.internalMessageId()),
                recipient,
                mail.sender().substring(mail.sender().indexOf('@') + 1),
                connector,
                connector == null ? null : route != null && online ? ConnectorSource.CUSTOM_DATA : ConnectorSource.ROW,
                status,
                site == null ? null : new Destination(site.host(), site.ip(), null),
                null,
                row.tenant().platform(),
                null);
    }
}
