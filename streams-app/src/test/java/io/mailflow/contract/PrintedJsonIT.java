package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.cli.Mailflow;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code --json} prints is what the schemas promise. */
@Timeout(180)
class PrintedJsonIT {

    @TempDir
    Path directory;

    @Test
    void shouldPrintAnAnalysisOfARichDayAsItsSchemaSays() throws IOException {
        Path log = OutageLog.write(directory.resolve("MSGTRK2026010508-1.LOG"));
        Path connectors = OutageLog.writeConnectors(directory.resolve("connectors.yaml"));

        JsonNode analysis = analyze(
                "--json", "--connectors", connectors.toString(), "--as-of", OutageLog.AS_OF.toString(), log.toString());

        assertThat(Schemas.errors("analysis.schema.json", analysis)).isEmpty();
        assertThat(analysis.at("/input/unreadable").asLong()).isEqualTo(1);
        assertThat(analysis.at("/input/duplicates").asLong()).isEqualTo(1);
        assertThat(analysis.at("/input/afterAsOf").asLong()).isEqualTo(1);
        assertThat(analysis.at("/input/events").asLong())
                .isEqualTo(sum(analysis.get("input"), "counted", "duplicates", "notAttempts", "late", "afterAsOf"));
        assertThat(texts(analysis.get("connectors"), "connector"))
                .containsExactly(OutageLog.INTERNET, OutageLog.PARTNER, OutageLog.HEAD_OFFICE);
        assertThat(analysis.get("windows")).isNotEmpty();
        // Otherwise the schema of an alert was hardly looked at.
        assertThat(texts(analysis.get("alerts"), "state")).contains("open", "resolved");
        assertThat(texts(analysis.get("alertEvents"), "publication")).contains("opened", "escalated", "resolved");
    }

    @Test
    void shouldPrintAnAnalysisWithoutFailuresAsItsSchemaSays() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace.ndjson"), """
                {"tenant":"northwind","timestamp":"2026-01-05T08:12:41.250Z","event":"send","messageId":"1@northwind.example","recipient":"petra.keller@contoso.example","connector":"To head office"}
                """);

        JsonNode analysis = analyze("--json", trace.toString());

        assertThat(Schemas.errors("analysis.schema.json", analysis)).isEmpty();
        assertThat(analysis.get("windows")).isEmpty();
        assertThat(analysis.get("alerts")).isEmpty();
        assertThat(analysis.at("/connectors/0/queue").has("oldestSince")).isTrue();
    }

    private static JsonNode analyze(String... options) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("analyze"));
        arguments.addAll(List.of(options));
        CommandLine mailflow = Mailflow.commandLine();
        mailflow.setOut(new PrintWriter(out));
        mailflow.setErr(new PrintWriter(err));
        assertThat(mailflow.execute(arguments.toArray(String[]::new)))
                .as("%s", err)
                .isZero();
        return Json.MAPPER.readTree(out.toString());
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(value -> value.get(field).asText())
                .toList();
    }

    private static long sum(JsonNode node, String... fields) {
        long sum = 0;
        for (String field : fields) {
            sum += node.get(field).asLong();
        }
        return sum;
    }
}
