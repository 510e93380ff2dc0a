package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.topology.MailflowTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who feeds an old file into a stream of today is told, before and after. */
@Timeout(180)
class LateEventsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ROW = "{\"timestamp\":\"%s\",\"event\":\"%s\",\"messageId\":\"%d@contoso.example\","
            + "\"recipient\":\"a@partner.example\",\"connector\":\"Out\",\"tenant\":\"contoso\",\"reply\":\"%s\"}%n";

    @TempDir
    private Path dir;

    @Test
    void shouldWarnOfLateEventsAndTellThemAfterwards() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            MailflowConfig config = provisioned(broker);
            String servers = broker.bootstrapServers();
            try (Pipeline pipeline =
                            Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
                    OutputReader reader = new OutputReader(
                            Clients.settings(config.kafka()), Set.of(Topics.PROGRESS, Topics.LATE_EVENTS), false)) {
                pipeline.awaitRunning(SOON);
                CommandRun today = ingest(servers, "today", row("2026-01-05T08:00:00Z", "send", 1, "250 2.1.5 Ok"));
                assertThat(today.err()).doesNotContain("Warning");
                awaitProgress(reader, Instant.parse("2026-01-05T07:59:30Z"));

                CommandRun old = ingest(
                        servers,
                        "old",
                        row("2026-01-04T07:00:00Z", "send", 2, "250 2.1.5 Ok")
                                + row("2026-01-04T07:02:00Z", "defer", 3, "451 4.4.397 Refused")
                                + row("2026-01-05T07:55:00Z", "send", 4, "250 2.1.5 Ok"));
                assertThat(old.err())
                        .contains("Warning: 2 of the 3 events are more than 10m older than what the stream has read"
                                + " already, up to 2026-01-05 07:59 UTC.")
                        .contains("mailflow dead-letters list --late", "mailflow analyze");
                awaitLate(reader, 2);
            }

            assertThat(done("dead-letters", "list", "--late", "--bootstrap-servers", servers))
                    .contains("1  contoso / Out: too late: not counted as a delivered attempt;")
                    .contains("1  contoso / Out: too late: not counted as a failed attempt with 451 4.4.397;")
                    .contains("1d late, missing in windows of 2026-01-04T07:00:00Z")
                    .contains("2  in all");
            assertThat(done("dead-letters", "list", "--late", "--each", "--bootstrap-servers", servers))
                    .contains("contoso / Out: 1d late, when the stream had come to 2026-01-05T07:59:30Z: not counted");
            String page = done("dead-letters", "show", "mailflow.late-events-0-0", "--bootstrap-servers", servers);
            assertThat(page)
                    .contains("connector  contoso / Out\n")
                    .contains("late, when the stream had come to")
                    .doesNotContain("no reason given", "null)");
        }
    }

    private static String row(String timestamp, String event, int message, String reply) {
        return ROW.formatted(timestamp, event, message, reply);
    }

    private CommandRun ingest(String servers, String name, String rows) throws IOException {
        Path file = Files.writeString(dir.resolve(name + ".ndjson"), rows);
        CommandRun run = CommandRun.of("ingest", file.toString(), "--bootstrap-servers", servers);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static void awaitProgress(OutputReader reader, Instant progress) {
        Outputs outputs = new Outputs();
        Awaitility.await().atMost(SOON).until(() -> {
            reader.poll(outputs::accept);
            return outputs.progress(PipelineProgress.Stage.TRACKER, 0)
                    .filter(come -> !come.progress().isBefore(progress))
                    .isPresent();
        });
    }

    private static void awaitLate(OutputReader reader, int count) {
        AtomicInteger late = new AtomicInteger();
        Awaitility.await().atMost(SOON).until(() -> {
            reader.poll(message -> late.addAndGet(message.topic().equals(Topics.LATE_EVENTS) ? 1 : 0));
            return late.get() >= count;
        });
    }

    private MailflowConfig provisioned(EmbeddedBroker broker) {
        MailflowConfig config = MailflowConfig.DEFAULT.withKafka(KafkaSettings.DEFAULT
                .withBootstrapServers(broker.bootstrapServers())
                .withStateDir(dir.resolve("state")));
        TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
        return config;
    }

    private static String done(String... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
