package io.mailflow.route;

import com.fasterxml.jackson.databind.ObjectReader;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Remediation;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every publication of every alert, from where the last router stopped. Not thread-safe. */
final class AlertFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);
    private static final ObjectReader ALERT = Json.MAPPER.readerFor(Alert.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final RouteMeter meter;
    private final Map<TopicPartition, Long> endAtStart;

    /**
     * Goes on where the group's committed positions are, or begins at the beginning.
     *
     * @param client connection settings
     * @param group whose positions to take over
     */
    AlertFeed(Map<String, Object> client, String group, RouteMeter meter) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.meter = meter;
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            endAtStart = consumer.endOffsets(partitions);
        } catch (RuntimeException e) {
            // The router begins again every few seconds while brokers do not answer.
            consumer.close();
            throw e;
        }
    }

    /** What has arrived, waiting a moment for it; by event time as far as it arrived together. */
    List<Alert> poll() {
        List<Alert> alerts = new ArrayList<>();
        consumer.poll(POLL).forEach(message -> read(message).ifPresent(alerts::add));
        return byEventTime(alerts);
    }

    /** Never changes the order in which one alert was published: a correction has an earlier minute than what it corrects. */
    static List<Alert> byEventTime(List<Alert> arrived) {
        record Placed(Instant at, Alert alert) {}
        Map<String, Instant> latest = new HashMap<>();
        return arrived.stream()
                .map(alert -> new Placed(
                        latest.merge(
                                alert.id(), alert.changedAt(), (before, now) -> now.isAfter(before) ? now : before),
                        alert))
                .sorted(Comparator.comparing(Placed::at))
                .map(Placed::alert)
                .toList();
    }

    /** Whether everything was read that was there at the start: before, what looks open may have ended long ago. */
    boolean hasCaughtUp() {
        return endAtStart.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Where to go on. */
    Map<TopicPartition, OffsetAndMetadata> positions() {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        consumer.assignment()
                .forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        return positions;
    }

    private Optional<Alert> read(ConsumerRecord<String, byte[]> message) {
        return decode(message, meter);
    }

    /** The alert of a record; empty, counted and logged if there is none to read. */
    static Optional<Alert> decode(ConsumerRecord<String, byte[]> message, RouteMeter meter) {
        if (message.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(whole(ALERT.readValue(message.value())));
        } catch (IOException e) {
            meter.unreadable.incrementAndGet();
            LOG.error(
                    "No alert to read in {} partition {} offset {}; it pages nobody: {}",
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** JSON of another kind reads as an alert without anything; it must not stop those that come after it. */
    private static Alert whole(@Nullable Alert alert) throws IOException {
        if (alert == null) {
            throw new IOException("it is null");
        }
        Object[] needed = {
            alert.id(), alert.tenant(), alert.connector(), alert.code(), alert.state(), alert.severity(),
            alert.reasons(), alert.since(), alert.openedAt(), alert.changedAt(), alert.evidence(), alert.remediation()
        };
        if (Stream.of(needed).anyMatch(Objects::isNull)) {
            throw new IOException("fields of an alert are missing");
        }
        Alert.Evidence evidence = alert.evidence();
        Remediation remediation = alert.remediation();
        Object[] told = {
            evidence.window(), evidence.counts(), evidence.queue(), evidence.destinations(), remediation.entry(),
            remediation.owner(), remediation.title(), remediation.causes(), remediation.steps(), remediation.verify()
        };
        if (Stream.of(told).anyMatch(Objects::isNull)) {
            throw new IOException("fields of the evidence or the remediation are missing");
        }
        return alert;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
