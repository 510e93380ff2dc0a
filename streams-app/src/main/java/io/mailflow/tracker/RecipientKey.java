package io.mailflow.tracker;

import io.mailflow.naming.Keys;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * A recipient of a message.
 *
 * @param message the message
 * @param recipient the recipient's address, lower case
 */
public record RecipientKey(MessageKey message, String recipient) {

    /** Its binary form. */
    public static final Serde<RecipientKey> SERDE = BinarySerde.key((out, key) -> key.write(out), RecipientKey::read);

    /**
     * A message of a tenant.
     *
     * @param tenant the organisation
     * @param id network message id, else Message-ID, else server and internal id
     */
    public record MessageKey(String tenant, String id) {

        /** Its binary form. */
        public static final Serde<MessageKey> SERDE = BinarySerde.key(
                (out, key) -> out.text(key.tenant).text(key.id), in -> new MessageKey(in.text(), in.text()));
    }

    /** Whom the event is about, or empty if it does not identify a message. */
    public static Optional<RecipientKey> of(MessageTraceEvent event) {
        return Keys.message(event)
                .map(id -> new RecipientKey(
                        new MessageKey(event.tenant(), id), event.recipient().toLowerCase(Locale.ROOT)));
    }

    /** The domain of the address. */
    public String domain() {
        return recipient.substring(recipient.lastIndexOf('@') + 1);
    }

    void write(BinaryOutput out) {
        out.text(message.tenant()).text(message.id()).text(recipient);
    }

    static RecipientKey read(BinaryInput in) {
        return new RecipientKey(new MessageKey(in.text(), in.text()), in.text());
    }
}
