package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Owner;
import io.mailflow.schema.PipelineProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands one after the other, as an administrator would give them to a cluster. */
@Timeout(240)
class ClusterCommandsIT {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int SOURCES = 3;

    private static final String LOG_HEADER = """
            #Software: Microsoft Exchange Server
            #Version: 15.02.1544.004
            #Log-type: Message Tracking Log
            #Date: 2026-01-05T08:00:00.000Z
            #Fields: date-time,server-ip,server-hostname,connector-id,source,event-id,internal-message-id,\
            network-message-id,recipient-address,recipient-status
            """;

    @TempDir
    private Path dir;

    @Test
    void shouldRaiseAlertsWithWhatTheRegistryKnowsAndCountAFileFedTwiceOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            String servers = broker.bootstrapServers();
            Path partitions =
                    Files.writeString(dir.resolve("topics.yaml"), "kafka:\n  source-partitions: " + SOURCES + "\n");
            assertThat(done("topics", "create", "--config", partitions.toString(), "--bootstrap-servers", servers))
                    .contains("created  " + Topics.TRACE_EVENTS);
            assertThat(done("connectors", "load", partnerJson().toString(), "--bootstrap-servers", servers))
                    .contains("default / Outbound to Fabrikam: outbound, smart-host, partner");
            assertThat(done("connectors", "load", onPremisesYaml().toString(), "--bootstrap-servers", servers))
                    .contains("default / Outbound to plant: outbound, smart-host, on-premises");

            // Its configuration says nothing of partitions: the cluster does.
            Path stream = Files.writeString(
                    dir.resolve("run.yaml"), "kafka:\n  state-dir: " + dir.resolve("state") + "\n  threads: 1\n");
            try (Running run = Running.start(
                            "run", "--port", "0", "--config", stream.toString(), "--bootstrap-servers", servers);
                    OutputReader reader = new OutputReader(
                            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers), Outputs.TOPICS, false)) {
                Awaitility.await().atMost(SOON).until(() -> run.out().contains("Running as mailflow"));
                assertThat(run.out()).contains("has 3 partitions on the cluster, not 1");
                Path log = outage();

                String first = done("ingest", log.toString(), "--bootstrap-servers", servers);
                assertThat(first).contains("written to mailflow.trace-events").contains("; 1 unreadable, kept on");
                Outputs outputs = new Outputs();
                await(reader, outputs, is -> open(is).size() == 2);

                Alert partner = open(outputs, "Outbound to Fabrikam");
                assertThat(partner.code()).isEqualTo("451 4.7.0");
                assertThat(partner.evidence().connectorType()).isEqualTo(ConnectorType.SMART_HOST);
                assertThat(partner.remediation().owner()).isEqualTo(Owner.REMOTE_ORGANISATION);
                Alert plant = open(outputs, "Outbound to plant");
                assertThat(plant.evidence().connectorType()).isEqualTo(ConnectorType.SMART_HOST);
                assertThat(plant.remediation().owner()).isEqualTo(Owner.OUR_ADMIN);

                // A mark of later time at the end: when that has come through, so has all before it.
                Instant later = START.plus(Duration.ofHours(4));
                done("ingest", quiet(later).toString(), "--bootstrap-servers", servers, "--end");
                await(reader, outputs, is -> hasEnded(is, later));
                Set<ConnectorHealth> health = failing(outputs);
                List<Alert> publications = outputs.publications();
                assertThat(health).hasSize(2).allMatch(one -> one.attempts().failed() == 120);
                assertThat(accounting(outputs).duplicates()).isZero();

                done("ingest", log.toString(), "--bootstrap-servers", servers);
                Instant last = later.plus(Duration.ofMinutes(10));
                done("ingest", quiet(last).toString(), "--bootstrap-servers", servers, "--end");
                await(reader, outputs, is -> hasEnded(is, last));

                assertThat(accounting(outputs).duplicates()).isEqualTo(240);
                assertThat(done("catalogue", "coverage", "--bootstrap-servers", servers))
                        .as("every event that the cluster keeps, each time it was fed")
                        .contains("failures with a reply", "met only the generic entry");
                assertThat(failing(outputs)).isEqualTo(health);
                assertThat(outputs.publications()).isEqualTo(publications);
            }
        }
    }

    @Test
    void shouldNameTheMissingTopicsAndHowToCreateThem() throws IOException {
        Path log = outage();
        Path connectors = partnerJson();
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            String servers = broker.bootstrapServers();
            for (List<String> command : List.of(
                    List.of("run", "--port", "0"),
                    List.of("ingest", log.toString()),
                    List.of("connectors", "load", connectors.toString()))) {
                Result result = execute(with(command, "--bootstrap-servers", servers));

                assertThat(result.code()).isEqualTo(1);
                assertThat(result.err().lines())
                        .singleElement()
                        .asString()
                        .contains(servers + " has no topics mailflow.trace-events, ")
                        .endsWith("mailflow topics create --bootstrap-servers " + servers);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics create", "run --port 0", "ingest LOG", "connectors load JSON"})
    void shouldSayInOneSentenceThatNoBrokerAnswers(String command) throws IOException {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        String[] words = command.replace("LOG", outage().toString())
                .replace("JSON", partnerJson().toString())
                .split(" ");

        Result result = execute(with(List.of(words), "--bootstrap-servers", nobody));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().startsWith("No Kafka broker answers at " + nobody);
    }

    @Test
    void shouldRefuseARegistryWithAThresholdOutOfRange() throws IOException {
        Path file = Files.writeString(dir.resolve("connectors.yaml"), """
                connectors:
                  - name: Outbound to Fabrikam
                    thresholds:
                      failure-rate.share: 3
                """);

        Result result = execute(List.of("connectors", "load", file.toString()));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines())
                .containsExactly(file + ", connector 1: thresholds: failure-rate.share is 3.0;"
                        + " expected a share above 0 and up to 1.");
    }

    @Test
    void shouldRefuseARegistryThatNamesAConnectorTwice() throws IOException {
        Path file = Files.writeString(
                dir.resolve("connectors.yaml"), "connectors:\n  - name: Outbound\n  - name: Outbound\n");

        Result result = execute(List.of("connectors", "load", file.toString()));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines())
                .containsExactly(file + ": connector Outbound of tenant default is there twice.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "analyze"})
    void shouldCallAnUnknownFormatWrongUsage(String command) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            List<String> words = new ArrayList<>(List.of(command, outage().toString(), "--format", "tea-leaves"));
            if (command.equals("ingest")) {
                execute(List.of("topics", "create", "--bootstrap-servers", broker.bootstrapServers()));
                words.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
            }

            Result result = execute(words);

            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).startsWith("Unknown format tea-leaves; known: auto, tracking-log");
        }
    }

    /** Two hours in which one connector's partner is unwell and another's own server is gone. */
    private Path outage() throws IOException {
        StringBuilder log = new StringBuilder(LOG_HEADER);
        for (int minute = 0; minute < 120; minute++) {
            Instant at = START.plus(Duration.ofMinutes(minute));
            row(
                    log,
                    at,
                    "Outbound to Fabrikam",
                    "mx1.fabrikam.example",
                    "451 4.7.0 Temporary server error. Please try again later. PRX5",
                    minute);
            row(
                    log,
                    at.plusSeconds(20),
                    "Outbound to plant",
                    "plant.corp.contoso.example",
                    "450 4.4.316 Connection refused [Message=Socket error code 10061]"
                            + " [LastAttemptedServerName=plant.corp.contoso.example] [LastAttemptedIP=192.0.2.20:25]",
                    1_000 + minute);
        }
        log.append("yesterday,192.0.2.5,broken row\n");
        return Files.writeString(dir.resolve("outage.log"), log);
    }

    /** One delivery. */
    private Path quiet(Instant at) throws IOException {
        return Files.writeString(
                dir.resolve("quiet.log"),
                LOG_HEADER + at.toString().replace("Z", ".000Z")
                        + ",192.0.2.30,mx.northwind.example,Outbound to Northwind,SMTP,SEND,9999,"
                        + "bbbbbbbb-0000-4000-8000-000000000001,eve@northwind.example,250 2.6.0 Queued mail\n");
    }

    private static void row(StringBuilder log, Instant at, String connector, String host, String reply, int number) {
        String status = "[{LED=" + reply + "};{MSG=};{FQDN=" + host + "};{IP=192.0.2.20};{LRT=1/5/2026 8:05:00 AM}]";
        log.append(String.join(
                        ",",
                        at.toString().replace("Z", ".000Z"),
                        "192.0.2.20",
                        host,
                        connector,
                        "SMTP",
                        "DEFER",
                        Integer.toString(number),
                        "aaaaaaaa-0000-4000-8000-%012d".formatted(number),
                        "bob" + number + "@fabrikam.example",
                        status))
                .append('\n');
    }

    /** As Get-OutboundConnector prints it. */
    private Path partnerJson() throws IOException {
        return Files.writeString(dir.resolve("partner.json"), """
                [
                  {
                    "Enabled": true,
                    "UseMXRecord": false,
                    "ConnectorType": "Partner",
                    "RecipientDomains": ["fabrikam.example"],
                    "SmartHosts": ["mx1.fabrikam.example"],
                    "TlsSettings": "EncryptionOnly",
                    "Name": "Outbound to Fabrikam",
                    "Identity": "Outbound to Fabrikam"
                  }
                ]
                """);
    }

    private Path onPremisesYaml() throws IOException {
        return Files.writeString(dir.resolve("plant.yaml"), """
                connectors:
                  - name: Outbound to plant
                    type: smart-host
                    relation: on-premises
                    smart-hosts: [plant.corp.contoso.example]
                    owner: Messaging team
                """);
    }

    private static void await(OutputReader reader, Outputs outputs, Predicate<Outputs> until) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> {
            reader.poll(outputs::accept);
            return until.test(outputs);
        });
        reader.readToEnd(outputs::accept);
    }

    private static List<Alert> open(Outputs outputs) {
        return outputs.alerts().stream().filter(alert -> !alert.provisional()).toList();
    }

    private static Alert open(Outputs outputs, String connector) {
        return open(outputs).stream()
                .filter(alert -> alert.connector().equals(connector))
                .findFirst()
                .orElseThrow();
    }

    private static Accounting accounting(Outputs outputs) {
        Accounting sum = Accounting.NONE;
        for (int partition = 0; partition < SOURCES; partition++) {
            sum = sum.plus(outputs.progress(PipelineProgress.Stage.TRACKER, partition)
                    .map(PipelineProgress::accounting)
                    .orElse(Accounting.NONE));
        }
        return sum;
    }

    private static boolean hasEnded(Outputs outputs, Instant at) {
        return outputs.progress(PipelineProgress.Stage.MONITOR, 0)
                .filter(is -> is.ended() && !is.progress().isBefore(at))
                .isPresent();
    }

    /** What was counted on the failing connectors, apart from when it was said. */
    private static Set<ConnectorHealth> failing(Outputs outputs) {
        return outputs.health().stream()
                .filter(one -> one.attempts().failed() > 0)
                .map(one -> new ConnectorHealth(
                        one.tenant(),
                        one.connector(),
                        one.type(),
                        START,
                        one.attempts(),
                        one.failures(),
                        one.unlisted(),
                        one.queue(),
                        one.lastDelivered(),
                        one.lastFailed()))
                .collect(Collectors.toSet());
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    private static String done(String... words) {
        Result result = execute(List.of(words));
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    private static Result execute(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = commandLine(out, err).execute(words.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static CommandLine commandLine(StringWriter out, StringWriter err) {
        return Mailflow.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    private record Result(int code, String out, String err) {}

    /** A command that runs until it is stopped. */
    private static final class Running implements AutoCloseable {

        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();
        private final Thread thread;

        private Running(String... words) {
            thread = new Thread(() -> commandLine(out, err).execute(words), "running-command");
        }

        static Running start(String... words) {
            Running running = new Running(words);
            running.thread.start();
            return running;
        }

        String out() {
            if (!thread.isAlive()) {
                throw new AssertionError("It ended: " + err);
            }
            return out.toString();
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
