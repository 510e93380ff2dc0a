package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/** What crosses from the tracker to the monitor: sums for one connector, or a heartbeat for every partition. */
public sealed interface TrackerMessage permits ConnectorDelta, Heartbeat {

    /** Its binary form. */
    Serde<TrackerMessage> SERDE = BinarySerde.of(2, TrackerMessage::write, TrackerMessage::read);

    private static void write(BinaryOutput out, TrackerMessage message) {
        if (message instanceof ConnectorDelta delta) {
            out.octet('D');
            delta.write(out);
        } else if (message instanceof Heartbeat heartbeat) {
            out.octet('H');
            heartbeat.write(out);
        }
    }

    private static TrackerMessage read(BinaryInput in) {
        int kind = in.octet();
        return switch (kind) {
            case 'D' -> ConnectorDelta.read(in);
            case 'H' -> Heartbeat.read(in);
            default -> throw new SerializationException("unknown kind of tracker message: " + kind);
        };
    }
}
