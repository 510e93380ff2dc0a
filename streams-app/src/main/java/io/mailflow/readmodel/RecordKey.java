package io.mailflow.readmodel;

import io.mailflow.naming.Keys;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The parts of a key on an output topic. */
final class RecordKey {

    private RecordKey() {}

    /** @throws IllegalArgumentException if the key has not that many parts */
    static List<String> parts(ConsumerRecord<String, ?> message, int count) {
        String key = message.key() == null ? "" : message.key();
        List<String> parts = Keys.split(key);
        if (parts.size() != count) {
            throw new IllegalArgumentException("a key of " + count + " parts is expected");
        }
        return parts;
    }

    static ConnectorId connector(ConsumerRecord<String, ?> message) {
        List<String> parts = parts(message, 2);
        return new ConnectorId(parts.get(0), parts.get(1));
    }
}
