package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.mailflow.cli.Mailflow;
import io.mailflow.naming.Keys;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.Records;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code export} as a user gives it, after a day that the program counted: three formats, one truth. */
@Timeout(300)
class ExportIT {

    private static final String FORMULA = "=HYPERLINK(\"http://evil.example\"), né \uD83D\uDCE7";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    private record Run(int code, String out, String err) {}

    @BeforeAll
    static void countADay() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        done("topics", "create");
        done(
                "connectors",
                "load",
                OutageLog.writeConnectors(directory.resolve("connectors.yaml")).toString());
        Path config = Files.writeString(
                directory.resolve("mailflow.yaml"), "kafka:\n  state-dir: " + directory.resolve("state") + "\n");
        Thread running = new Thread(() -> run("run", "--port", "0", "--config", config.toString()), "mailflow-run");
        running.start();
        try {
            done(
                    "ingest",
                    OutageLog.write(directory.resolve("MSGTRK2026010508-1.LOG")).toString(),
                    "--end");
            Awaitility.await("every window final")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(ExportIT::allFinal);
        } finally {
            running.interrupt();
            running.join();
        }
        hostileName();
    }

    @AfterAll
    static void close() throws IOException {
        broker.close();
    }

    /** The columns of one file under the names and with the values of the other, but for what a spreadsheet needs. */
    @Test
    void shouldWriteTheSameRowsInEveryFormat() throws Exception {
        List<Map<String, String>> csv = csv(export("csv", "hour"));
        List<Map<String, String>> json = json(export("json", "hour"));
        List<Map<String, String>> parquet = parquet(export("parquet", "hour"));

        assertThat(csv).hasSizeGreaterThan(10);
        assertThat(csv.get(0).keySet())
                .as("in the order of /api/v1/capacity")
                .containsExactly(
                        "tenant",
                        "connector",
                        "start",
                        "code",
                        "delivered",
                        "failed",
                        "failingShare",
                        "messages",
                        "recipients",
                        "final")
                .containsExactlyElementsOf(json.get(0).keySet())
                .containsExactlyElementsOf(parquet.get(0).keySet());
        assertThat(parquet).containsExactlyElementsOf(json);
        csv.forEach(row -> row.computeIfPresent("connector", (name, value) -> value.replaceFirst("^'=", "=")));
        assertThat(csv).containsExactlyElementsOf(json);
        assertThat(json).extracting(row -> row.get("connector")).contains(FORMULA, OutageLog.HEAD_OFFICE);
    }

    @Test
    void shouldHaveTypedColumnsInParquet() throws Exception {
        Path file = export("parquet", "day");

        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM '" + file + "'")) {
            List<String> types = new ArrayList<>();
            while (columns.next()) {
                types.add(columns.getString("column_name") + " " + columns.getString("column_type"));
            }
            assertThat(types)
                    .containsExactly(
                            "tenant VARCHAR",
                            "connector VARCHAR",
                            "start TIMESTAMP WITH TIME ZONE",
                            "code VARCHAR",
                            "delivered BIGINT",
                            "failed BIGINT",
                            "failingShare DOUBLE",
                            "messages BIGINT",
                            "recipients BIGINT",
                            "final BOOLEAN");
        }
    }

    /** By hand from the log: 30 messages, each tried five or six times in the hour, the first once more. */
    @Test
    void shouldSayWhatFailed() throws Exception {
        List<Map<String, String>> rows = csv(export("csv", "hour"));

        assertThat(rows)
                .filteredOn(row -> row.get("connector").equals(OutageLog.HEAD_OFFICE)
                        && row.get("start").equals("2026-01-05T09:00:00Z")
                        && row.get("code").equals("450 4.4.316"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("failed", "180")
                        .containsEntry("messages", "30")
                        .containsEntry("final", "true")
                        .as("nothing of the whole connector, which would be added up as often as there are codes")
                        .containsEntry("delivered", "0")
                        .containsEntry("failingShare", ""));
        assertThat(rows)
                .filteredOn(row -> row.get("connector").equals(OutageLog.HEAD_OFFICE)
                        && row.get("start").equals("2026-01-05T09:00:00Z")
                        && row.get("code").isEmpty())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("delivered", "0")
                        .containsEntry("failed", "180")
                        .containsEntry("failingShare", "1.0"));
    }

    @Test
    void shouldReplaceAFileOnlyWhenToldSo() throws Exception {
        Path file = Files.writeString(directory.resolve("again.parquet"), "what stood here before");
        List<String> past = List.of("--from", "2020-01-01T00:00:00Z", "--to", "2020-01-02T00:00:00Z");

        Run refused = run(with(past, "export", "--format", "parquet", "--output", file.toString()));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines(
                        "--output: " + file + " is there already; name another file, or replace it with --force.");
        assertThat(file).hasContent("what stood here before");

        Run run = run(with(past, "export", "--format", "parquet", "--force", "--output", file.toString()));

        assertThat(run.err()).isEqualToIgnoringNewLines("Wrote 0 rows to " + file + ".");
        assertThat(parquet(file)).isEmpty();
    }

    @Test
    void shouldNotPourParquetIntoATerminal() {
        Run run = run(with(PERIOD, "export", "--format", "parquet"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--format parquet needs '--output FILE'");
    }

    @Test
    void shouldSayInOneSentenceThatItCannotWrite() {
        for (String format : List.of("csv", "parquet")) {
            Path nowhere = directory.resolve("no such folder").resolve("rates." + format);

            Run run = run(with(PERIOD, "export", "--format", format, "--output", nowhere.toString()));

            assertThat(run.code()).as(run.err()).isEqualTo(1);
            assertThat(run.err().lines()).singleElement().asString().contains(nowhere.toString());
        }
    }

    private static final List<String> PERIOD =
            List.of("--from", "2026-01-05T00:00:00Z", "--to", "2026-01-06T00:00:00Z");

    private static Path export(String format, String by) {
        Path file = directory.resolve("rates-" + by + "." + format);
        done(with(PERIOD, "export", "--force", "--by", by, "--format", format, "--output", file.toString()));
        return file;
    }

    private static boolean allFinal() throws IOException {
        List<Map<String, String>> rows = csv(export("csv", "day"));
        return rows.size() > 3 && rows.stream().allMatch(row -> row.get("final").equals("true"));
    }

    private static List<Map<String, String>> csv(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().map(NamedCsvRecord::getFieldsAsMap).toList();
        }
    }

    private static List<Map<String, String>> json(Path file) throws IOException {
        return StreamSupport.stream(Json.MAPPER.readTree(file.toFile()).spliterator(), false)
                .map(ExportIT::texts)
                .toList();
    }

    private static Map<String, String> texts(JsonNode row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText("")));
        return texts;
    }

    /** Instants as the others write them. */
    private static List<Map<String, String>> parquet(Path file) throws Exception {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet rows = statement.executeQuery("SELECT * REPLACE"
                    + " (strftime(start, '%Y-%m-%dT%H:%M:%SZ') AS start)"
                    + " FROM '" + file + "'")) {
                ResultSetMetaData columns = rows.getMetaData();
                List<Map<String, String>> all = new ArrayList<>();
                while (rows.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        Object value = rows.getObject(i);
                        row.put(columns.getColumnName(i), value == null ? "" : value.toString());
                    }
                    all.add(row);
                }
                return all;
            }
        }
    }

    /** A name that a spreadsheet would take for a formula, as a hostile log may bring it. */
    private static void hostileName() throws Exception {
        var window = Records.sample("window-count.full")
                .put("tenant", "default")
                .put("connector", FORMULA)
                .putNull("code")
                .put("size", "PT1H")
                .put("start", "2026-01-05T10:00:00Z")
                .put("end", "2026-01-05T11:00:00Z")
                .put("delivered", 0)
                .put("attempts", 0);
        Map<String, Object> client = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.CONNECTOR_FAILURES,
                            Keys.connector("default", FORMULA),
                            window.toString().getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String[] with(List<String> words, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(words);
        return all.toArray(String[]::new);
    }

    private static void done(String... words) {
        Run run = run(words);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static Run run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine mailflow = Mailflow.commandLine();
        mailflow.setOut(new PrintWriter(out));
        mailflow.setErr(new PrintWriter(err));
        int code = mailflow.execute(with(List.of("--bootstrap-servers", broker.bootstrapServers()), words));
        return new Run(code, out.toString(), err.toString());
    }
}
