package io.mailflow.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import io.mailflow.schema.Platform;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Summary traces as JSON: Microsoft Graph {@code messageTraces}, the Reporting Web Service in both its dialects, and
 * {@code Get-MessageTrace(V2) | ConvertTo-Json}. One row per message and recipient, with its status; no connector and
 * no error text.
 */
final class TraceJsonReader implements TraceReader {

    @Override
    public void read(Reader text, String file, RowSink sink) throws IOException {
        JsonRows.each(text, sink, (raw, envelope, number) -> row(raw, new Origin(file, number)));
    }

    private static TraceRow row(String raw, Origin origin) throws JsonProcessingException, RowException {
        Map<String, JsonNode> fields = Json.fields(Json.MAPPER.readTree(raw));
        Instant received =
                Timestamps.parse(Json.text(fields, "received", "receiveddatetime", "datereceived", "receiveddate"));
        String status = Identities.name("status", Json.text(fields, "status"));
        if (status == null) {
            throw new RowException("it has no status");
        }
        String tenant = Identities.name("organisation", Json.text(fields, "organization", "tenantid"));
        EventClass meaning = meaning(status);
        if (meaning == EventClass.OTHER) {
            return new TraceRow(received, tenant, 1, List.of());
        }
        String networkMessageId = Identities.guid(Json.text(fields, "messagetraceid", "id", "networkmessageid"));
        String messageId = Identities.messageId(Json.text(fields, "messageid"));
        if (networkMessageId == null && messageId == null) {
            throw new RowException("it names no message: neither a trace id nor a message id");
        }
        String recipient = Identities.recipient(Json.text(fields, "recipientaddress", "recipient"));
        if (recipient == null) {
            throw new RowException("it has no recipient");
        }
        MessageTraceEvent event = new MessageTraceEvent(
                tenant == null ? TraceRow.NO_TENANT : tenant,
                received,
                meaning,
                status,
                null,
                networkMessageId,
                messageId,
                null,
                null,
                recipient,
                Identities.domain(Json.text(fields, "senderaddress", "sender")),
                null,
                null,
                null,
                null,
                null,
                Platform.EXCHANGE_ONLINE,
                origin);
        return new TraceRow(received, tenant, 0, List.of(event));
    }

    private static EventClass meaning(String status) {
        return switch (status.toLowerCase(Locale.ROOT).replace(" ", "")) {
            case "pending" -> EventClass.PENDING;
            case "failed", "delivered", "expanded", "quarantined", "filteredasspam", "recalled" -> EventClass.FINAL;
            default -> EventClass.OTHER; // GettingStatus, unknownFutureValue and what may come.
        };
    }
}
