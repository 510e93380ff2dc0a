package io.mailflow.guarantees;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Lets the ingest write arrivals to the topic, marks of progress and all, and takes down what it wrote. */
final class Recorder {

    private Recorder() {}

    /** The tape of arrivals on a topic that was empty. Progress is marked at their pace, not at the wall clock's. */
    static Tape record(MailflowConfig config, List<Arrivals.Arrival> arrivals) {
        KafkaSettings kafka = config.kafka();
        AtomicReference<Instant> clock = new AtomicReference<>(arrivals.get(0).at());
        TraceProducer.Target target = new TraceProducer.Target(
                Topics.TRACE_EVENTS,
                kafka.sourcePartitions(),
                Topics.DEAD_LETTERS,
                config.time().reorderBound());
        try (TraceProducer producer = TraceProducer.connect(Clients.settings(kafka), target, clock::get)) {
            for (Arrivals.Arrival arrival : arrivals) {
                clock.set(arrival.at());
                producer.send(arrival.event());
            }
            producer.markProgress();
            producer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(kafka);
    }

    private static Tape read(KafkaSettings kafka) {
        List<TopicPartition> partitions = IntStream.range(0, kafka.sourcePartitions())
                .mapToObj(partition -> new TopicPartition(Topics.TRACE_EVENTS, partition))
                .toList();
        List<List<Tape.Entry>> entries = new ArrayList<>();
        partitions.forEach(partition -> entries.add(new ArrayList<>()));
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(message -> entries.get(message.partition())
                                .add(new Tape.Entry(message.partition(), message.key(), message.value())));
            }
        }
        return Tape.merge(entries);
    }
}
