package io.mailflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.format.InputException;
import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TraceProducerTest {

    private static final Instant T0 = Instant.parse("2026-01-05T08:00:00Z");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private Instant now = Instant.parse("2026-02-01T00:00:00Z");
    private final TraceProducer producer = new TraceProducer(
            kafka, new TraceProducer.Target("events", 2, "letters", Duration.ofSeconds(30)), () -> now);

    @Test
    void shouldWriteEventsByMessageAtTheirOwnTime() throws IOException {
        MessageTraceEvent event = InputsTest.event(T0, "r@x.example");
        producer.send(event);

        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(record.topic()).isEqualTo("events");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("m");
        assertThat(record.timestamp()).isEqualTo(T0.toEpochMilli());
        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"tenant\":\"t\",\"timestamp\":\"2026-01-05T08:00:00Z\",\"event\":\"send\","
                        + "\"messageId\":\"m\",\"recipient\":\"r@x.example\"}");
        assertThat(Json.MAPPER.readValue(record.value(), MessageTraceEvent.class))
                .isEqualTo(event);
    }

    @Test
    void shouldMarkProgressOnEveryPartitionAfterFiveSeconds() throws IOException {
        producer.send(InputsTest.event(T0, "a"));
        now = now.plusMillis(4_999);
        producer.send(InputsTest.event(T0.plusSeconds(10), "b"));
        assertThat(kafka.history()).hasSize(2);
        now = now.plusMillis(1);
        producer.send(InputsTest.event(T0.plusSeconds(5), "c"));
        producer.tick();

        assertThat(kafka.history()).hasSize(5);
        assertThat(kafka.history().subList(3, 5)).allSatisfy(record -> {
            assertThat(Json.MAPPER.readValue(record.value(), TraceRecord.class))
                    .isEqualTo(new ProgressMark(Instant.parse("2026-01-05T07:59:40Z")));
            assertThat(record.key()).isNull();
        });
        assertThat(kafka.history().subList(3, 5))
                .extracting(ProducerRecord::partition)
                .containsExactly(0, 1);
    }

    @Test
    void shouldMarkProgressAtOnceWhenAsked() throws IOException {
        producer.markProgress();
        assertThat(kafka.history()).isEmpty();
        producer.send(InputsTest.event(T0, "a"));
        producer.markProgress();

        assertThat(kafka.history()).hasSize(3);
        assertThat(Json.MAPPER.readValue(kafka.history().get(2).value(), TraceRecord.class))
                .isEqualTo(new ProgressMark(Instant.parse("2026-01-05T07:59:30Z")));
    }

    @Test
    void shouldNotMarkTheProgressOfAnEventFromTheFuture() throws IOException {
        producer.send(InputsTest.event(T0, "a"));
        producer.send(InputsTest.event(now.plusMillis(1), "b"));
        producer.markProgress();

        assertThat(Json.MAPPER.readValue(kafka.history().get(2).value(), TraceRecord.class))
                .isEqualTo(new ProgressMark(Instant.parse("2026-01-05T07:59:30Z")));
    }

    @Test
    void shouldEndEveryPartition() throws IOException {
        producer.endOfInput(T0);

        assertThat(kafka.history())
                .hasSize(2)
                .allSatisfy(record -> assertThat(Json.MAPPER.readValue(record.value(), TraceRecord.class))
                        .isEqualTo(new EndOfInput(T0)));
    }

    @Test
    void shouldKeepARowWhoseReasonRepeatsMuchOfIt() throws IOException {
        producer.sendDeadLetter(new UnreadableRow("a.log", 7, "it lost its " + "x".repeat(2 << 20), "raw,row"));

        assertThat(kafka.history()
                        .get(0)
                        .headers()
                        .lastHeader(TraceProducer.ERROR_REASON)
                        .value())
                .as("a topic takes 1 MiB, headers included")
                .hasSizeLessThan(4_096);
    }

    @Test
    void shouldKeepUnreadableRowsWithTheirReason() throws IOException {
        producer.sendDeadLetter(new UnreadableRow("a.log", 7, "it has no recipient", "raw,row"));

        ProducerRecord<byte[], byte[]> letter = kafka.history().get(0);
        assertThat(letter.topic()).isEqualTo("letters");
        assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("raw,row");
        assertThat(letter.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "mailflow.error.reason=it has no recipient",
                        "mailflow.error.file=a.log",
                        "mailflow.error.line=7");
    }

    @Test
    void shouldSayWhenEventsCannotBeWritten() throws IOException {
        MockProducer<byte[], byte[]> failing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        TraceProducer writer = new TraceProducer(
                failing, new TraceProducer.Target("events", 1, "letters", Duration.ofSeconds(30)), () -> now);
        writer.send(InputsTest.event(T0, "a"));
        failing.errorNext(new TimeoutException("no answer"));

        assertThatThrownBy(writer::flush)
                .isInstanceOf(InputException.class)
                .hasMessage("Events could not be written to Kafka: no answer.");
    }

    @Test
    void shouldPublishConnectorsByTenantAndName() throws IOException {
        ConnectorEntry entry = new ConnectorEntry(
                "contoso",
                "Out",
                Direction.OUTBOUND,
                ConnectorType.INTERNET,
                null,
                List.of(),
                List.of(),
                Duration.ofHours(24),
                null,
                Map.of());
        ConnectorPublisher.publish(List.of(entry), kafka, "connectors");

        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("contoso/Out");
        assertThat(new String(record.value(), StandardCharsets.UTF_8)).contains("\"lifetime\":\"PT24H\"");
        assertThat(Json.MAPPER.readValue(record.value(), ConnectorEntry.class)).isEqualTo(entry);
    }
}
