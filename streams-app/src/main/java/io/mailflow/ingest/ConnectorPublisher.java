package io.mailflow.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mailflow.format.InputException;
import io.mailflow.naming.Keys;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.serde.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes registry entries to {@code mailflow.connectors}, keyed so that compaction keeps the newest of each. */
public final class ConnectorPublisher {

    private ConnectorPublisher() {}

    /** See {@link Keys#connector}. */
    public static String key(ConnectorEntry entry) {
        return Keys.connector(entry.tenant(), entry.name());
    }

    /**
     * Writes all and waits for their acknowledgement.
     *
     * @throws InputException if one could not be written
     */
    public static void publish(List<ConnectorEntry> entries, Producer<byte[], byte[]> producer, String topic)
            throws InputException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            for (ConnectorEntry entry : entries) {
                sent.add(producer.send(new ProducerRecord<>(
                        topic, key(entry).getBytes(StandardCharsets.UTF_8), Json.MAPPER.writeValueAsBytes(entry))));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of the schema can always be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("Writing the connectors was interrupted.", e);
        } catch (ExecutionException | org.apache.kafka.common.KafkaException e) {
            throw new InputException(
                    "The connectors could not be written to topic " + topic + ": " + e.getMessage(), e);
        }
    }
}
