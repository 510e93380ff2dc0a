package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.format.InputException;
import io.mailflow.schema.Alert;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertReaderTest {

    /** The golden sample of the schema. */
    private static final Path SAMPLE = Path.of(
            "..", "schemas", "src", "main", "resources", "io", "mailflow", "schema", "samples", "alert.full.json");

    private String alert = "";

    @BeforeEach
    void readSample() throws IOException {
        alert = Files.readString(SAMPLE);
    }

    @Test
    void shouldReadAlertsHoweverTheyCome() throws IOException {
        String line = alert.replaceAll("\\s*\\n\\s*", "");

        assertThat(read(line + "\n\n" + line + "\n")).hasSize(2);
        assertThat(read(alert + alert)).as("over several lines").hasSize(2);
        assertThat(read(line + "\nnull\n" + line)).as("gone").hasSize(2);
        assertThat(read("[" + line + "," + line + "]")).hasSize(2);
        assertThat(read("{\"asOf\":\"2026-01-05T08:00:00Z\",\"alerts\":[" + line + "],\"alertEvents\":[" + line + "]}"))
                .as("analyze --json")
                .hasSize(1);
        assertThat(read("{\"state\":\"running\",\"total\":2,\"items\":[" + line + "," + line + "]}"))
                .as("the query API")
                .hasSize(2);
        assertThat(read("")).isEmpty();
    }

    @Test
    void shouldHandOverWhatComesBeforeWhatIsBroken() {
        List<Alert> taken = new ArrayList<>();
        assertThatThrownBy(() -> AlertReader.each(
                        new StringReader(alert.replaceAll("\\s*\\n\\s*", "") + "\n{\"id\":\n"),
                        "alerts.json",
                        taken::add))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("alerts.json, line 2, column 1: expected alerts in JSON: ")
                .hasMessageEndingWith(", found one that breaks off.");
        assertThat(taken).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[{}]", "{\"alerts\":[{\"id\":\"1\"}]}", "7", "hello", "\"text\"", "{\"items\":[7]}"})
    void shouldRefuseWhatIsNoAlert(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("alerts.json, line 1, column ")
                .hasMessageContaining(": expected alerts in JSON: records of mailflow.alerts, or ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "hello > column 1 > found no JSON.",
                "[{\"id\":}] > column 8 > found no JSON.",
                "{\"id\":\"1\",\"severity\":\"purple\"} > column 1 > found one whose severity cannot be read.",
                "{\"id\":\"1\"} > column 1 > found JSON that is none.",
                "7 > column 1 > found 7."
            })
    void shouldSayWhereAndWhatItFoundInWordsOfTheUsers(String json, String where, String what) {
        assertThatThrownBy(() -> read(json.strip()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1, " + where + ": ")
                .hasMessageEndingWith(what);
    }

    private static List<Alert> read(String json) throws IOException {
        List<Alert> alerts = new ArrayList<>();
        AlertReader.each(new StringReader(json), "alerts.json", alerts::add);
        return alerts;
    }
}
