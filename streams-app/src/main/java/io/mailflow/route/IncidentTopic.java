package io.mailflow.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mailflow.monitor.OutputKeys;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.schema.Incident;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where incidents are kept. Incidents and the position up to which alerts are in them change in one transaction. Whoever
 * opens it shuts out the one who had it before, so that two never write.
 */
final class IncidentTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentTopic.class);
    private static final ObjectReader INCIDENT = Json.MAPPER.readerFor(Incident.class);

    private static final int LARGEST_REQUEST = 8 << 20;

    private final Map<String, Object> client;
    private final KafkaProducer<String, byte[]> producer;
    private final RouteMeter meter;

    /**
     * Takes over.
     *
     * @param client connection settings
     * @param transactionalId the same for every instance of a cluster
     */
    IncidentTopic(Map<String, Object> client, String transactionalId, RouteMeter meter) {
        this.client = client;
        this.meter = meter;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        // A topic limits what arrives compressed, a producer what it has not compressed yet.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** Reads what is kept. */
    Incidents restore() {
        Incidents incidents = new Incidents();
        try (OutputReader reader = new OutputReader(client, List.of(Topics.INCIDENTS), false)) {
            reader.readToEnd(message -> restore(message, incidents));
        }
        return incidents;
    }

    private void restore(ConsumerRecord<String, byte[]> message, Incidents incidents) {
        if (message.value() == null) {
            return;
        }
        try {
            incidents.put(INCIDENT.readValue(message.value()));
        } catch (IOException e) {
            meter.unreadable.incrementAndGet();
            LOG.error("No incident to read in {} offset {}: {}", message.topic(), message.offset(), e.getMessage());
        }
    }

    /** Keeps incidents, in one transaction. */
    void keep(List<Incident> incidents) {
        keep(incidents, Map.of(), null);
    }

    /**
     * Keeps incidents together with how far the alerts were read that made them.
     *
     * @param positions of the alert topic
     * @param member by which the group refuses the positions of an instance that no longer routes
     */
    @SuppressWarnings("FutureReturnValueIgnored") // committing throws what a send met
    void keep(
            List<Incident> incidents,
            Map<TopicPartition, OffsetAndMetadata> positions,
            @Nullable ConsumerGroupMetadata member) {
        producer.beginTransaction();
        incidents.forEach(incident ->
                producer.send(new ProducerRecord<>(Topics.INCIDENTS, OutputKeys.of(incident), bytes(incident))));
        if (!positions.isEmpty()) {
            producer.sendOffsetsToTransaction(positions, member);
        }
        producer.commitTransaction();
    }

    private static byte[] bytes(Incident incident) {
        try {
            return Json.MAPPER.writeValueAsBytes(incident);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Incident " + incident.id() + " cannot be written as JSON", e);
        }
    }

    @Override
    public void close() {
        // Nothing half-done is worth waiting for: the next one ends an open transaction.
        producer.close(Duration.ofSeconds(2));
    }
}
