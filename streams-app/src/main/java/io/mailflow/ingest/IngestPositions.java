package io.mailflow.ingest;

import io.mailflow.naming.Keys;
import io.mailflow.schema.IngestPosition;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What {@code mailflow.ingest-positions} says of one source. */
final class IngestPositions {

    private static final int SHORT_HASH = 16;

    private IngestPositions() {}

    /** {@code source/fileKey/head}, so that a file that gets another's inode does not get its position. */
    static String key(IngestPosition position) {
        return Keys.join(
                position.source(), position.fileKey(), position.head().sha256().substring(0, SHORT_HASH));
    }

    /** The newest committed positions of a source by key. */
    static Map<String, IngestPosition> read(Map<String, ?> clientConfig, String topic, String source)
            throws IOException {
        Map<String, IngestPosition> positions = new LinkedHashMap<>();
        CommittedTopic.each(clientConfig, topic, message -> take(message, source, positions));
        return positions;
    }

    private static void take(
            ConsumerRecord<byte[], byte[]> message, String source, Map<String, IngestPosition> positions)
            throws IOException {
        if (message.key() == null) {
            return;
        }
        String key = new String(message.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(Keys.join(source, ""))) {
            return;
        }
        if (message.value() == null) {
            positions.remove(key);
        } else {
            positions.put(key, Json.MAPPER.readValue(message.value(), IngestPosition.class));
        }
    }

    /** The value on the topic. */
    static byte[] value(IngestPosition position) throws IOException {
        return Json.MAPPER.writeValueAsBytes(position);
    }
}
