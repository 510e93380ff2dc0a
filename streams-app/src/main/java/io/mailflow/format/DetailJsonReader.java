package io.mailflow.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import io.mailflow.schema.Platform;
import java.io.IOException;
import java.io.Reader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trace details as JSON: Microsoft Graph {@code getDetailsByRecipient} and {@code Get-MessageTraceDetail(V2) |
 * ConvertTo-Json}. One row per event of one message and recipient.
 *
 * <p>The connector is only ever the one that custom data names: the row's own {@code ConnectorId} is a datacentre's.
 * Graph's answer itself does not repeat the recipient it was asked about. It is taken from the row, else from the
 * envelope or the URLs in either; where all are silent it is {@link TraceRow#UNNAMED}: the message's only recipient where
 * other inputs of the run name just one, else such an answer counts as one recipient of its message.
 */
final class DetailJsonReader implements TraceReader {

    private static final Pattern URL_RECIPIENT =
            Pattern.compile("recipientAddress=(?:'|%27)(.{1,1000}?)(?:'|%27)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL_MESSAGE = Pattern.compile(
            "messageTraces(?:/|\\((?:'|%27)?)([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern URL_FUNCTION = Pattern.compile("getDetailsByRecipient", Pattern.CASE_INSENSITIVE);

    @Override
    public void read(Reader text, String file, RowSink sink) throws IOException {
        JsonRows.each(text, sink, (raw, envelope, number) -> row(raw, envelope, new Origin(file, number)));
    }

    private static TraceRow row(String raw, @Nullable String envelope, Origin origin)
            throws JsonProcessingException, RowException {
        Map<String, JsonNode> fields = Json.fields(Json.MAPPER.readTree(raw));
        Map<String, JsonNode> around = envelope == null ? Map.of() : envelopeFields(envelope);
        Instant timestamp = Timestamps.parse(Json.text(fields, "date", "datetime"));
        String name = Identities.name("event", Json.text(fields, "event"));
        if (name == null) {
            throw new RowException("it has no event");
        }
        String tenant = Identities.name("organisation", firstText(fields, around, "organization", "tenantid"));
        String detail = Json.text(fields, "detail", "description");
        Map<String, String> data = DetailData.values(Json.text(fields, "data"));
        EventClass meaning = meaning(name, detail);
        String reply = meaning == EventClass.SEND ? null : reply(detail, data);
        boolean drop = name.equalsIgnoreCase("drop");
        if (meaning == EventClass.OTHER
                || ((meaning == EventClass.DEFER || meaning == EventClass.FAIL || drop) && ReplyText.isSuccess(reply))
                || (meaning == EventClass.DEFER && CustomData.repeatsLoggedDeferral(data.get("CustomData")))) {
            return new TraceRow(timestamp, tenant, 1, List.of());
        }
        String networkMessageId = networkMessageId(fields, around);
        String messageId = Identities.messageId(firstText(fields, around, "messageid"));
        if (networkMessageId == null && messageId == null) {
            throw new RowException("it names no message: neither a trace id nor a message id");
        }
        String recipient = recipient(fields, around);
        String customData = Json.text(fields, "customdata");
        String connector = Identities.name(
                "connector name",
                CustomData.outboundConnector(customData == null ? data.get("CustomData") : customData)
                        .orElse(null));
        MessageTraceEvent event = new MessageTraceEvent(
                tenant == null ? TraceRow.NO_TENANT : tenant,
                timestamp,
                meaning,
                name,
                null,
                networkMessageId,
                messageId,
                null,
                null,
                recipient,
                Identities.domain(firstText(fields, around, "senderaddress", "sender")),
                connector,
                connector == null ? null : ConnectorSource.CUSTOM_DATA,
                reply,
                meaning == EventClass.CLOSE ? null : destination(data),
                null,
                Platform.EXCHANGE_ONLINE,
                origin);
        return new TraceRow(timestamp, tenant, 0, List.of(event));
    }

    private static Map<String, JsonNode> envelopeFields(String envelope) {
        try {
            return Json.fields(Json.MAPPER.readTree(envelope));
        } catch (JsonProcessingException e) {
            return Map.of(); // Its rows can be read all the same.
        }
    }

    private static @Nullable String firstText(
            Map<String, JsonNode> fields, Map<String, JsonNode> around, String... names) {
        String own = Json.text(fields, names);
        return own != null ? own : Json.text(around, names);
    }

    private static @Nullable String networkMessageId(Map<String, JsonNode> fields, Map<String, JsonNode> around)
            throws RowException {
        String named = Json.text(fields, "messagetraceid", "networkmessageid");
        if (named == null) {
            named = fromUrl(URL_MESSAGE, fields, around);
        }
        if (named == null) {
            named = Json.text(around, "messagetraceid", "networkmessageid");
        }
        return Identities.guid(named != null ? named : firstText(fields, around, "id"));
    }

    private static String recipient(Map<String, JsonNode> fields, Map<String, JsonNode> around) throws RowException {
        String named = firstText(fields, around, "recipientaddress", "recipient");
        if (named == null) {
            named = fromUrl(URL_RECIPIENT, fields, around);
        }
        String recipient = Identities.recipient(named);
        return recipient == null ? TraceRow.UNNAMED : recipient;
    }

    /** Graph says in its URLs what was asked: {@code …/messageTraces/id/getDetailsByRecipient(recipientAddress='x')}. */
    private static @Nullable String fromUrl(
            Pattern wanted, Map<String, JsonNode> fields, Map<String, JsonNode> around) {
        for (Map<String, JsonNode> some : List.of(fields, around)) {
            for (String key :
                    List.of("@odata.id", "@odata.context", "odata.metadata", "@odata.nextlink", "url", "request")) {
                String url = Json.text(some, key);
                if (url == null || !URL_FUNCTION.matcher(url).find()) {
                    continue;
                }
                Matcher matcher = wanted.matcher(url);
                if (matcher.find()) {
                    try {
                        return URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        return matcher.group(1);
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String reply(@Nullable String detail, Map<String, String> data) {
        String reply = ReplyText.withoutLabel(detail);
        for (String other : List.of("RecipientStatus", "SourceContext")) {
            reply = ReplyText.choose(reply, ReplyText.withoutLabel(data.get(other)));
        }
        return reply;
    }

    private static @Nullable Destination destination(Map<String, String> data) throws RowException {
        String host = Identities.name("target host", data.get("OutboundProxyTargetHostName"));
        String ip = Identities.name("target address", data.get("OutboundProxyTargetIPAddress"));
        return host == null && ip == null ? null : new Destination(host, ip, null);
    }

    /** Names are shown in the language of the session; where we do not know one, the text tells. */
    private static EventClass meaning(String name, @Nullable String detail) {
        return switch (name.toLowerCase(Locale.ROOT).replace(" ", "")) {
            case "send", "sendexternal" -> EventClass.SEND;
            case "defer", "deferred" -> EventClass.DEFER;
            case "fail", "failed", "deliverfail" -> EventClass.FAIL;
            case "deliver",
                    "delivered",
                    "drop",
                    "expand",
                    "expanddl",
                    "expanded",
                    "redirect",
                    "badmail",
                    "poisonmessage",
                    "moderatorreject" -> EventClass.CLOSE;
            case "receive",
                    "submit",
                    "resolve",
                    "resolved",
                    "transfer",
                    "spam",
                    "malware",
                    "dlprule",
                    "transportrule",
                    "journal",
                    "sensitivitylabel",
                    "empfangen",
                    "transportregel" -> EventClass.OTHER;
            default -> byText(detail);
        };
    }

    private static EventClass byText(@Nullable String detail) {
        return switch (ReplyText.firstDigit(detail)) {
            case 4 -> EventClass.DEFER;
            case 5 -> EventClass.FAIL;
            default -> EventClass.OTHER;
        };
    }
}
