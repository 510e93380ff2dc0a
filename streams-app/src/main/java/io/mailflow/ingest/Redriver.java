package io.mailflow.ingest;

import io.mailflow.format.InputException;
import io.mailflow.schema.Redrive;
import io.mailflow.schema.Redrive.Place;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters again. A letter and the mark that it was sent are one transaction, so that no letter is sent twice,
 * however often this is started and whenever it is killed. Used by one thread.
 */
public final class Redriver implements AutoCloseable {

    private static final String TRANSACTIONAL_ID = "mailflow-redrive";
    private static final int PER_TRANSACTION = 100;
    private static final int LARGEST_REQUEST = 8 << 20;

    private final @Nullable Producer<byte[], byte[]> producer;
    private final Settings settings;
    private final InstantSource clock;
    private final Map<Place, Redrive> marks = new HashMap<>();
    private final List<DeadLetter> batch = new ArrayList<>();

    /**
     * How letters are sent.
     *
     * @param clientConfig settings of the Kafka clients
     * @param marksTopic the topic of what was sent
     * @param targets the topics that letters may be sent to: what a header says is no reason to write anywhere else
     * @param maxRedrives how many times what a letter holds may be sent again in all
     */
    public record Settings(Map<String, ?> clientConfig, String marksTopic, Set<String> targets, int maxRedrives) {}

    /** What becomes of a letter. */
    public sealed interface Fate {}

    /**
     * It is sent.
     *
     * @param topic there
     * @param count for the how-manieth time
     */
    public record Sent(String topic, int count) implements Fate {}

    /** It was sent before. */
    public record SentBefore(Redrive mark) implements Fate {}

    /** It stays where it is; why, in words. */
    public record Refused(String why) implements Fate {}

    private Redriver(Settings settings, @Nullable Producer<byte[], byte[]> producer, InstantSource clock)
            throws IOException {
        this.settings = settings;
        this.producer = producer;
        this.clock = clock;
        CommittedTopic.each(settings.clientConfig(), settings.marksTopic(), message -> {
            if (message.value() != null) {
                Redrive mark = Json.MAPPER.readValue(message.value(), Redrive.class);
                marks.put(mark.letter(), mark);
            }
        });
    }

    /** One that only says what would become of letters. */
    public static Redriver dryRun(Settings settings, InstantSource clock) throws IOException {
        return new Redriver(settings, null, clock);
    }

    /** One that sends; whoever else sends at this time is shut out. */
    public static Redriver executing(Settings settings, InstantSource clock) throws IOException {
        Map<String, Object> config = new HashMap<>(settings.clientConfig());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            // First, so that a transaction that a killed one left is decided before the marks are read.
            producer.initTransactions();
            return new Redriver(settings, producer, clock);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw failed(e);
        } catch (IOException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** What becomes of the letter, or would. {@link #flush} has to be called after the last one. */
    public Fate redrive(DeadLetter letter) throws IOException {
        Fate fate = fate(letter);
        if (fate instanceof Sent && producer != null) {
            batch.add(letter);
            if (batch.size() == PER_TRANSACTION) {
                flush();
            }
        }
        return fate;
    }

    private Fate fate(DeadLetter letter) {
        Redrive mark = marks.get(letter.place());
        if (mark != null) {
            return new SentBefore(mark);
        }
        if (letter.row().isPresent()) {
            return new Refused("a row of a file: mend the file and ingest it again, which counts nothing twice");
        }
        String topic = letter.original().map(Place::topic).orElse("");
        if (!settings.targets().contains(topic)) {
            return new Refused("it tells no input topic that it was read from");
        }
        if (letter.redrives() >= settings.maxRedrives()) {
            return new Refused("sent again " + settings.maxRedrives()
                    + " times or more already and put aside each time: mend the cause, then raise --max-redrives");
        }
        return new Sent(topic, letter.redrives() + 1);
    }

    /** Sends what is waiting, with its marks. */
    public void flush() throws IOException {
        if (producer == null || batch.isEmpty()) {
            return;
        }
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (DeadLetter letter : batch) {
                sent.add(producer.send(again(letter)));
            }
            producer.flush();
            for (int i = 0; i < batch.size(); i++) {
                RecordMetadata at = sent.get(i).get();
                DeadLetter letter = batch.get(i);
                Redrive mark = new Redrive(
                        letter.place(),
                        new Place(at.topic(), at.partition(), at.offset()),
                        letter.redrives() + 1,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
                var unused = producer.send(new ProducerRecord<>(
                        settings.marksTopic(),
                        key(letter.place()).getBytes(StandardCharsets.UTF_8),
                        Json.MAPPER.writeValueAsBytes(mark)));
                marks.put(letter.place(), mark);
            }
            producer.commitTransaction();
            batch.clear();
        } catch (KafkaException e) {
            throw failed(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** {@code topic/partition/offset}. */
    static String key(Place letter) {
        return letter.topic() + "/" + letter.partition() + "/" + letter.offset();
    }

    /** The record as it was, without what was added when it was put aside. */
    private static ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
        Place original = letter.original().orElseThrow();
        // Without a key nothing else says which partition is its own.
        Integer partition = letter.key() == null && original.partition() >= 0 ? original.partition() : null;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(original.topic(), partition, letter.key(), letter.value());
        for (Map.Entry<String, String> header : letter.headers()) {
            String name = header.getKey();
            if (!name.startsWith(DeadLetter.STREAMS)
                    && !name.equals(DeadLetter.REDRIVE_COUNT)
                    && !name.equals(DeadLetter.REDRIVE_LETTER)) {
                record.headers().add(name, header.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        String count = Integer.toString(letter.redrives() + 1);
        record.headers().add(DeadLetter.REDRIVE_COUNT, count.getBytes(StandardCharsets.UTF_8));
        record.headers().add(DeadLetter.REDRIVE_LETTER, letter.id().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static InputException failed(Throwable cause) {
        return new InputException(
                "Dead letters could not be sent again: " + cause.getMessage()
                        + ". What was sent is marked; start the same command again to go on, one at a time.",
                cause);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
