package io.mailflow.tracker;

import io.mailflow.schema.Sha256;
import io.mailflow.serde.BinaryOutput;
import org.apache.kafka.common.utils.Bytes;

/** 128 bits that stand for a recipient or an event, where the whole of it would be too long to keep. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    /** Of (tenant, message, recipient). */
    static Bytes of(RecipientKey recipient) {
        BinaryOutput identity = new BinaryOutput();
        recipient.write(identity);
        return digest(identity);
    }

    /** Of the identity of an event: (tenant, message, recipient, event class, timestamp, code). */
    static Bytes of(RecipientKey recipient, Fact fact) {
        BinaryOutput identity = new BinaryOutput();
        recipient.write(identity);
        identity.text(fact.kind().eventClass())
                .signed(fact.atMs())
                .text(fact.code())
                .text(fact.name());
        return digest(identity);
    }

    private static Bytes digest(BinaryOutput identity) {
        return Bytes.wrap(Sha256.of(identity.toBytes(), BYTES));
    }
}
