package io.mailflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.IngestPosition;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {

    private static final Instant T0 = Instant.parse("2026-01-05T08:00:00Z");
    private static final String HEADER = """
            #Software: Microsoft Exchange Server
            #Version: 15.02.1544.004
            #Log-type: Message Tracking Log
            #Date: 2026-01-05T08:00:00.%sZ
            #Fields: date-time,connector-id,source,event-id,network-message-id,recipient-address,recipient-status
            """;

    @TempDir
    Path dir;

    private final List<String> notices = new ArrayList<>();
    private final Map<String, IngestPosition> positions = new HashMap<>();
    private MockProducer<byte[], byte[]> kafka = producer();
    private Instant now = Instant.parse("2026-01-05T12:00:00Z");
    private Follower follower;

    private static MockProducer<byte[], byte[]> producer() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** A new process that knows what the topic of positions holds. */
    private Follower start() {
        kafka = producer();
        TraceProducer.Target target = new TraceProducer.Target("events", 2, "letters", Duration.ofSeconds(30));
        Follower.Settings settings =
                new Follower.Settings(dir, "nwex01", ReadOptions.defaults(), Map.of(), target, "positions");
        return new Follower(
                settings,
                new FollowWriter(kafka, target, "positions", new HashMap<>(positions), () -> now),
                () -> now,
                notices::add);
    }

    @BeforeEach
    void begin() {
        follower = start();
    }

    /** As when the folder fails in the middle of a transaction and then the brokers do. */
    @Test
    void shouldLetAWriterBeClosedAgain() throws IOException {
        FollowWriter writer = new FollowWriter(
                kafka,
                new TraceProducer.Target("events", 2, "letters", Duration.ofSeconds(30)),
                "positions",
                new HashMap<>(),
                () -> now);
        writer.event(InputsTest.event(now, "a"));

        writer.close();
        writer.close();

        assertThat(kafka.closed()).isTrue();
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void shouldLeaveALastLineWithoutItsEndUntilItIsWhole() throws IOException {
        Path log = log("MSGTRK2026010508-1.LOG", HEADER.formatted("001") + row(0, "a"));
        String row = row(1, "b");
        append(log, row.substring(0, 30));

        assertThat(pass()).containsExactly("a");
        append(log, row.substring(30));
        assertThat(pass()).containsExactly("b");
        assertThat(pass()).isEmpty();
    }

    @Test
    void shouldTakeALastLineWithoutItsEndWhenNothingCameForLong() throws IOException {
        Path log = log("events.ndjson", "");
        Files.writeString(log, json(0, "a") + json(1, "b").strip());
        assertThat(pass()).containsExactly("a");

        later(FollowedFile.QUIET.minusSeconds(2));
        assertThat(pass()).isEmpty();
        later(Duration.ofMinutes(1));
        assertThat(pass()).containsExactly("b");
    }

    @Test
    void shouldLeaveARowWhoseQuotesAreOpen() throws IOException {
        Path log = log("MSGTRK2026010508-1.LOG", HEADER.formatted("001"));
        append(log, row(0, "a").replace("451 4.7.0", "\"451 4.7.0\n"));
        assertThat(pass()).isEmpty();
        append(log, "again\"\n" + row(1, "b"));

        assertThat(pass()).containsExactly("a", "b");
    }

    @Test
    void shouldGoOnWhereItWasAfterARestartWithTheHeaderThatHoldsThere() throws IOException {
        Path log = log("MSGTRK2026010508-1.LOG", HEADER.formatted("001") + row(0, "a"));
        assertThat(pass()).containsExactly("a");
        append(log, row(1, "b") + "2026-01-05T08:00:02.000Z,broken\n");

        follower = start();
        assertThat(pass()).containsExactly("b");
        assertThat(kafka.history())
                .filteredOn(record -> record.topic().equals("letters"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers()
                                .lastHeader(TraceProducer.ERROR_LINE)
                                .value())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("8"));
        assertThat(notices).singleElement().asString().contains("MSGTRK2026010508-1.LOG:8: ");
    }

    @Test
    void shouldFollowAFileThroughRenaming() throws IOException {
        Path log = log("events.ndjson", json(0, "a"));
        assertThat(pass()).containsExactly("a");
        append(log, json(1, "b"));
        Files.move(log, dir.resolve("events.ndjson.1"));
        log("events.ndjson", json(2, "c"));

        assertThat(pass()).containsExactly("b", "c");
        Files.move(dir.resolve("events.ndjson.1"), dir.resolve("events.ndjson.2"));
        follower = start();
        assertThat(pass()).isEmpty();
    }

    @Test
    void shouldReadATruncatedFileFromItsBeginningAndNotItsCopy() throws IOException {
        Path log = log("events.ndjson", json(0, "a") + json(1, "b"));
        assertThat(pass()).containsExactly("a", "b");
        append(log, json(2, "c"));
        Files.copy(log, dir.resolve("events.ndjson.1"));
        Files.writeString(log, json(3, "d"));

        assertThat(pass()).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void shouldSeeThatAFileWasWrittenAnewThoughItIsLongerNow() throws IOException {
        Path log = log("MSGTRK2026010508-1.LOG", HEADER.formatted("001") + row(0, "a"));
        assertThat(pass()).containsExactly("a");
        Files.writeString(log, HEADER.formatted("001") + row(1, "b") + row(2, "c"));
        assertThat(pass()).containsExactly("b", "c");

        follower = start();
        assertThat(pass()).isEmpty();
    }

    @Test
    void shouldReadManyFilesInTheOrderOfTheirTime() throws IOException {
        StringBuilder one = new StringBuilder(HEADER.formatted("001"));
        StringBuilder two = new StringBuilder(HEADER.formatted("002"));
        List<Integer> expected = new ArrayList<>();
        for (int minute = 0; minute < 600; minute++) {
            (minute % 2 == 0 ? one : two).append(row(minute * 60, Integer.toString(minute)));
            expected.add(minute);
        }
        log("MSGTRK2026010508-1.LOG", one.toString());
        log("MSGTRKMS2026010508-1.LOG", two.toString());
        now = Instant.parse("2026-01-06T12:00:00Z");

        assertThat(pass().stream().map(Integer::parseInt)).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldWriteRowsAndPositionInOneTransactionAndMarksToEveryPartition() throws IOException {
        log("events.ndjson", json(0, "a"));
        follower.pass();

        assertThat(kafka.commitCount()).isEqualTo(1);
        assertThat(kafka.history()).extracting(ProducerRecord::topic).containsExactly("events", "positions");
        later(Duration.ofSeconds(5));
        follower.pass();
        assertThat(kafka.history().subList(2, 4))
                .extracting(ProducerRecord::partition)
                .containsExactly(0, 1);
        assertThat(kafka.commitCount()).isEqualTo(2);
    }

    @Test
    void shouldSayOnceWhatItDoesNotFollow() throws IOException {
        Files.write(dir.resolve("old.log.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        log("notes.txt", "not a trace\n");
        log("just-begun.LOG", "#Software: Microsoft Exchange Server\n");
        log(".hidden", "not a trace\n");

        assertThat(pass()).isEmpty();
        assertThat(pass()).isEmpty();
        assertThat(notices)
                .hasSize(2)
                .anyMatch(sentence -> sentence.contains("notes.txt is not a message trace"))
                .anyMatch(sentence -> sentence.contains("old.log.gz is compressed"));
    }

    @Test
    void shouldRememberReceiveConnectorsOverRestarts() throws IOException {
        log(
                "MSGTRK2026010508-1.LOG",
                HEADER.formatted("001")
                        + row(0, "a").replace("DEFER", "RECEIVE").replace("To Fabrikam", "Relay in"));
        assertThat(pass()).isEmpty();
        follower = start();
        log(
                "MSGTRK2026010509-1.LOG",
                HEADER.formatted("002") + row(1, "b").replace("DEFER", "FAIL").replace("To Fabrikam", "Relay in"));

        assertThat(pass()).isEmpty();
        assertThat(follower.accounting().notAttempts()).isEqualTo(1);
    }

    private List<String> pass() throws IOException {
        now = now.plusSeconds(1);
        int before = kafka.history().size();
        while (follower.pass()) {
            // There is more.
        }
        List<String> names = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record :
                kafka.history().subList(before, kafka.history().size())) {
            if (record.topic().equals("positions")) {
                IngestPosition position = Json.MAPPER.readValue(record.value(), IngestPosition.class);
                positions.put(IngestPositions.key(position), position);
            } else if (record.topic().equals("events")
                    && Json.MAPPER.readValue(record.value(), TraceRecord.class) instanceof MessageTraceEvent event) {
                names.add(event.recipient().substring(0, event.recipient().indexOf('@')));
            }
        }
        return names;
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private Path log(String name, String text) {
        try {
            return Files.writeString(dir.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path log, String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private static String row(int second, String name) {
        return "%s,To Fabrikam,SMTP,DEFER,6c0de6a1-3f5b-4d0e-9a53-%012d,%s@fabrikam.example,451 4.7.0 Later\n"
                .formatted(T0.plusSeconds(second), second, name);
    }

    private static String json(int second, String name) {
        return "{\"timestamp\":\"%s\",\"event\":\"send\",\"messageId\":\"%d@contoso.example\",\"recipient\":\"%s@fabrikam.example\",\"connector\":\"To Fabrikam\"}\n"
                .formatted(T0.plusSeconds(second), second, name);
    }
}
