package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The canonical event: what one row of a message trace says about one recipient. Carries no subject and of the sender
 * only the domain.
 *
 * <p>The message is identified by {@code networkMessageId}, else {@code messageId}, else {@code server} with
 * {@code internalMessageId}; at least one of the three must be there.
 *
 * @param tenant the organisation whose mail this is
 * @param timestamp when it happened, to the millisecond; for {@link EventClass#PENDING} and {@link EventClass#FINAL}
 *     when the message was received
 * @param event the class
 * @param eventName the name the source gave the event or status, such as {@code DEFER} or {@code Delivered}
 * @param source the transport component that logged it ({@code SMTP}, {@code ROUTING}, {@code DSN}, …), or null where
 *     the input has none
 * @param networkMessageId Exchange's network message id (a GUID), the trace id of summary traces
 * @param messageId the {@code Message-ID} header without angle brackets (RFC 5322 section 3.6.4)
 * @param server the server that logged the event
 * @param internalMessageId the message's id on that server
 * @param recipient the recipient's address, or a keyed hash of it followed by {@code @domain}
 * @param senderDomain the domain of the sender's address
 * @param connector the connector the row names, or null
 * @param connectorSource {@link ConnectorSource#CUSTOM_DATA} or {@link ConnectorSource#ROW} where {@code connector} is
 *     set, else null
 * @param reply the recipient's status text: an SMTP reply or last-error text, or null
 * @param destination the server the attempt went to, where the row tells outside its reply
 * @param observedAt when the row was read from its source, where statuses of one recipient follow each other
 * @param platform whose queue it is
 * @param origin where the row stood
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MessageTraceEvent(
        String tenant,
        Instant timestamp,
        EventClass event,
        @Nullable String eventName,
        @Nullable String source,
        @Nullable String networkMessageId,
        @Nullable String messageId,
        @Nullable String server,
        @Nullable String internalMessageId,
        String recipient,
        @Nullable String senderDomain,
        @Nullable String connector,
        @Nullable ConnectorSource connectorSource,
        @Nullable String reply,
        @Nullable Destination destination,
        @Nullable Instant observedAt,
        @Nullable Platform platform,
        @Nullable Origin origin)
        implements TraceRecord {

    /** The same event of another tenant. */
    public MessageTraceEvent withTenant(String other) {
        return with(other, recipient, reply);
    }

    /** The same event about another recipient. */
    public MessageTraceEvent withRecipient(String other) {
        return with(tenant, other, reply);
    }

    /** The same event with another status text. */
    public MessageTraceEvent withReply(@Nullable String other) {
        return with(tenant, recipient, other);
    }

    private MessageTraceEvent with(String itsTenant, String itsRecipient, @Nullable String itsReply) {
        return new MessageTraceEvent(
                itsTenant,
                timestamp,
                event,
                eventName,
                source,
                networkMessageId,
                messageId,
                server,
                internalMessageId,
                itsRecipient,
                senderDomain,
                connector,
                connectorSource,
                itsReply,
                destination,
                observedAt,
                platform,
                origin);
    }
}
