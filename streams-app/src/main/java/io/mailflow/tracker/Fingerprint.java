package io.mailflow.tracker;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.serde.BinaryOutput;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * 128 bits that stand for an event's identity: (tenant, message, recipient, event class, timestamp, code). Two events
 * with one identity are one event read twice.
 */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    static Bytes of(RecipientKey recipient, MessageTraceEvent event, String code) {
        BinaryOutput identity = new BinaryOutput();
        recipient.write(identity);
        identity.text(event.event().name())
                .signed(event.timestamp().toEpochMilli())
                .text(code)
                .text(status(event));
        return Bytes.wrap(Arrays.copyOf(sha256().digest(identity.toBytes()), BYTES));
    }

    /** Statuses and ways of closing are classes of their own; the other classes hold one kind of event each. */
    private static String status(MessageTraceEvent event) {
        boolean named = event.event() == EventClass.FINAL || event.event() == EventClass.CLOSE;
        return named && event.eventName() != null ? event.eventName() : "";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
