package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Grafana dashboards can be imported as they are, and Prometheus understands every query in them. */
@Timeout(60)
class DashboardsIT {

    private static final Path FOLDER = Path.of("..", "dashboards");

    @TempDir
    Path directory;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldHaveOneForEachPurposeEachUnderItsOwnName() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : files()) {
            names.add(read(file).get("uid").asText());
        }
        assertThat(names)
                .containsExactly("mailflow-capacity", "mailflow-connector", "mailflow-pipeline", "mailflow-soc");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSayWhatEachPanelShowsAndAskOnlyTheChosenPrometheus(Path file) throws IOException {
        for (JsonNode panel : panels(read(file))) {
            assertThat(panel.path("description").asText()).as(panel.toString()).isNotBlank();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.get("targets")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNotLayPanelsOverEachOther(Path file) throws IOException {
        boolean[][] taken = new boolean[400][24];
        for (JsonNode panel : panels(read(file))) {
            JsonNode place = panel.get("gridPos");
            for (int y = 0; y < place.get("h").asInt(); y++) {
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    int row = place.get("y").asInt() + y;
                    int column = place.get("x").asInt() + x;
                    assertThat(taken[row][column])
                            .as(panel.get("title").asText())
                            .isFalse();
                    taken[row][column] = true;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldAskWhatPrometheusUnderstands(Path file) throws IOException, InterruptedException {
        ArrayNode rules = Json.MAPPER.createArrayNode();
        for (JsonNode panel : panels(read(file))) {
            for (JsonNode target : panel.get("targets")) {
                rules.addObject().put("record", "panel:" + rules.size()).put("expr", asked(target));
            }
        }
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putArray("groups").addObject().put("name", "panels").set("rules", rules);
        // YAML takes JSON.
        Path written = directory.resolve("rules.yml");
        Files.writeString(written, document.toString());

        Process promtool = new ProcessBuilder("promtool", "check", "rules", written.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
        assertThat(output).contains(rules.size() + " rules found");
    }

    /** With values in place of Grafana's variables. */
    private static String asked(JsonNode target) {
        return target.get("expr")
                .asText()
                .replace("${tenant:doublequote}", "\"northwind\"")
                .replace("${connector:doublequote}", "\"To head office\"")
                .replace("$__rate_interval", "1m")
                .replace("$tenant", ".*");
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.MAPPER.readTree(file.toFile());
    }

    private static List<JsonNode> panels(JsonNode dashboard) {
        return StreamSupport.stream(dashboard.get("panels").spliterator(), false)
                .filter(panel -> !panel.get("type").asText().equals("row"))
                .toList();
    }
}
