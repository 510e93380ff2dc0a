package io.mailflow.readmodel;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The parts of a key on an output topic: joined by slashes, with {@code %2F} and {@code %25} inside a part. */
final class RecordKey {

    private RecordKey() {}

    /** @throws IllegalArgumentException if the key has not that many parts */
    static List<String> parts(ConsumerRecord<String, ?> message, int count) {
        String key = message.key() == null ? "" : message.key();
        List<String> parts = Arrays.stream(key.split("/", -1))
                .map(part -> part.replace("%2F", "/").replace("%25", "%"))
                .toList();
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
