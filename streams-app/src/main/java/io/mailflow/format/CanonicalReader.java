package io.mailflow.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our own canonical events as JSON, which any log shipper can write. */
final class CanonicalReader implements TraceReader {

    @Override
    public void read(Reader text, String file, RowSink sink) throws IOException {
        JsonRows.each(text, sink, (raw, envelope, number) -> row(raw, new Origin(file, number)));
    }

    /** What one line of NDJSON means; a line that holds more than one object gives more than one row. */
    static void line(String text, String file, long line, RowSink sink) throws IOException {
        JsonRows.each(
                new StringReader(text),
                new NumberedSink(sink, line),
                (raw, envelope, number) -> row(raw, new Origin(file, line)));
    }

    /** Gives every unreadable row the number of the line it stands in. */
    private record NumberedSink(RowSink sink, long line) implements RowSink {

        @Override
        public void row(TraceRow row) throws IOException {
            sink.row(row);
        }

        @Override
        public void unreadable(long ignored, String reason, String raw) throws IOException {
            sink.unreadable(line, reason, raw);
        }

        @Override
        public void receiveConnector(String name) {
            sink.receiveConnector(name);
        }
    }

    private static TraceRow row(String raw, Origin origin) throws JsonProcessingException, RowException {
        MessageTraceEvent given = Json.MAPPER.readValue(raw, MessageTraceEvent.class);
        Instant timestamp = Timestamps.parse(text(given.timestamp()));
        String tenant = Identities.name("tenant", given.tenant());
        if (missing(given.event())) {
            throw new RowException("it has no event");
        }
        if (given.event() == EventClass.OTHER) {
            return new TraceRow(timestamp, tenant, 1, List.of());
        }
        String networkMessageId = Identities.guid(given.networkMessageId());
        String messageId = Identities.messageId(given.messageId());
        String server = Identities.name("server", given.server());
        String internalId = Identities.name("internal message id", given.internalMessageId());
        if (networkMessageId == null && messageId == null && (server == null || internalId == null)) {
            throw new RowException(
                    "it names no message: networkMessageId, messageId and server with internalMessageId are missing");
        }
        String recipient = Identities.recipient(given.recipient());
        if (recipient == null) {
            throw new RowException("it has no recipient");
        }
        String reply = ReplyText.bounded(given.reply());
        if ((given.event() == EventClass.DEFER || given.event() == EventClass.FAIL) && ReplyText.isSuccess(reply)) {
            return new TraceRow(timestamp, tenant, 1, List.of());
        }
        String connector = Identities.name("connector name", given.connector());
        ConnectorSource source = given.connectorSource() == null ? ConnectorSource.ROW : given.connectorSource();
        MessageTraceEvent event = new MessageTraceEvent(
                tenant == null ? TraceRow.NO_TENANT : tenant,
                timestamp,
                given.event(),
                Identities.name("event name", given.eventName()),
                Identities.name("source", given.source()),
                networkMessageId,
                messageId,
                server,
                internalId,
                recipient,
                Identities.domain("@" + (given.senderDomain() == null ? "" : given.senderDomain())),
                connector,
                connector == null ? null : source,
                reply,
                destination(given.destination()),
                given.observedAt() == null ? null : Timestamps.parse(text(given.observedAt())),
                given.platform(),
                origin);
        return new TraceRow(timestamp, tenant, 0, List.of(event));
    }

    private static @Nullable Destination destination(@Nullable Destination given) throws RowException {
        return given == null
                ? null
                : new Destination(
                        Identities.name("destination host", given.host()),
                        Identities.name("destination address", given.ip()),
                        given.port());
    }

    /** Jackson leaves out what the JSON leaves out, whatever the record promises. */
    private static boolean missing(@Nullable Object value) {
        return value == null;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
