package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A follower as a process of its own, killed while logs grow and rotate. */
@Timeout(180)
class IngestFollowIT {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = 4;
    private static final int PER_LIFE = 400;
    private static final int PARTITIONS = 3;

    @TempDir
    private Path dir;

    private final List<JsonNode> events = new ArrayList<>();
    private final Set<Integer> marked = new HashSet<>();
    private final List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
    private int written;

    @Test
    void shouldWriteEveryRowOnceThoughItIsKilledWhileLogsGrowAndRotate() throws Exception {
        Path logs = Files.createDirectory(dir.resolve("logs"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            String servers = broker.bootstrapServers();
            Path config =
                    Files.writeString(dir.resolve("topics.yaml"), "kafka:\n  source-partitions: " + PARTITIONS + "\n");
            assertThat(CommandRun.of("topics", "create", "--config", config.toString(), "--bootstrap-servers", servers)
                            .code())
                    .isZero();
            Random random = new Random(5);
            try (OutputReader reader = new OutputReader(
                    Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers),
                    Set.of(Topics.TRACE_EVENTS, Topics.DEAD_LETTERS),
                    false)) {
                for (int life = 0; life <= KILLS; life++) {
                    Process follower = follower(logs, servers, life);
                    try {
                        live(logs, life, random, reader, follower);
                        if (life < KILLS) {
                            follower.destroyForcibly();
                        } else {
                            awaitAll(reader);
                            follower.destroy();
                        }
                        assertThat(follower.waitFor(30, TimeUnit.SECONDS)).isTrue();
                    } finally {
                        follower.destroyForcibly();
                    }
                }
                reader.readToEnd(this::keep);
            }
        }

        assertThat(events.stream().map(event -> event.get("recipient").asText()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, written)
                        .mapToObj(IngestFollowIT::recipient)
                        .toList());
        assertThat(marked).hasSize(PARTITIONS);
        assertThat(letters).hasSize(KILLS + 1);
        assertThat(Files.readString(dir.resolve("out-" + KILLS)))
                .contains("going on in")
                .contains("Stopped: ");
    }

    /** Logs grow in pieces that end anywhere, and rotate; the follower lives until a part of it has come through. */
    private void live(Path logs, int life, Random random, OutputReader reader, Process follower) throws IOException {
        Path log = logs.resolve("MSGTRK20260105" + (10 + life) + "-1.LOG");
        Path lines = logs.resolve("events.ndjson");
        int before = written;
        try (OutputStream tracking = Files.newOutputStream(log);
                OutputStream canonical =
                        Files.newOutputStream(lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            tracking.write(header(life).getBytes(StandardCharsets.UTF_8));
            tracking.write("2026-01-05T08:00:00.000Z,broken\r\n".getBytes(StandardCharsets.UTF_8));
            int killAt = PER_LIFE / 4 + random.nextInt(PER_LIFE / 2);
            for (int i = 0; i < PER_LIFE; i++) {
                OutputStream out = i % 4 == 3 ? canonical : tracking;
                byte[] row =
                        (i % 4 == 3 ? canonicalRow(written) : trackingRow(written)).getBytes(StandardCharsets.UTF_8);
                int cut = random.nextInt(row.length);
                out.write(row, 0, cut);
                out.flush();
                out.write(row, cut, row.length - cut);
                out.flush();
                written++;
                if (i == killAt) {
                    int some = before + 1;
                    Awaitility.await().atMost(SOON).until(() -> {
                        assertThat(follower.isAlive()).isTrue();
                        reader.poll(this::keep);
                        return events.size() >= some;
                    });
                }
            }
        }
        Files.move(lines, logs.resolve("events.ndjson." + life));
    }

    private void awaitAll(OutputReader reader) {
        Awaitility.await().atMost(SOON).until(() -> {
            reader.poll(this::keep);
            return events.size() >= written && marked.size() == PARTITIONS;
        });
    }

    private Process follower(Path logs, String servers, int life) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.mailflow.cli.Mailflow",
                        "ingest",
                        "--follow",
                        logs.toString(),
                        "--source",
                        "nwex01",
                        "--bootstrap-servers",
                        servers)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out-" + life).toFile())
                .start();
    }

    private void keep(ConsumerRecord<String, byte[]> message) {
        if (message.topic().equals(Topics.DEAD_LETTERS)) {
            letters.add(message);
            return;
        }
        try {
            JsonNode value = Json.MAPPER.readTree(message.value());
            if (value.path("record").asText().equals("progress")) {
                marked.add(message.partition());
            } else {
                events.add(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(int life) {
        return """
                #Software: Microsoft Exchange Server\r
                #Version: 15.02.1544.004\r
                #Log-type: Message Tracking Log\r
                #Date: 2026-01-05T1%d:00:00.000Z\r
                #Fields: date-time,server-hostname,connector-id,source,event-id,network-message-id,recipient-address,recipient-status\r
                """.formatted(life);
    }

    private static String trackingRow(int number) {
        return "%s,NWEX01,To Fabrikam,SMTP,DEFER,%s,%s,\"451 4.7.0 Temporary\r\nserver error\"\r\n"
                .formatted(START.plusSeconds(number), messageId(number), recipient(number));
    }

    private static String canonicalRow(int number) {
        return "{\"timestamp\":\"%s\",\"event\":\"send\",\"networkMessageId\":\"%s\",\"recipient\":\"%s\",\"connector\":\"To Fabrikam\"}\n"
                .formatted(START.plusSeconds(number), messageId(number), recipient(number));
    }

    private static String messageId(int number) {
        return "6c0de6a1-3f5b-4d0e-9a53-%012d".formatted(number);
    }

    private static String recipient(int number) {
        return "r" + number + "@fabrikam.example";
    }
}
