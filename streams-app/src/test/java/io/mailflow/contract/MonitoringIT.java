package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped for Prometheus and Alertmanager, tried with their own tools. */
@Timeout(120)
class MonitoringIT {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus").resolve("mailflow.rules.yml");
    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "promtool test rules prometheus/mailflow.rules.test.yml",
                "promtool check rules prometheus/mailflow.rules.yml",
                "promtool check config prometheus/prometheus.yml",
                "amtool check-config alertmanager/alertmanager.yml"
            })
    void shouldPassTheToolOfItsOwn(String command) throws IOException, InterruptedException {
        run(command.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "MailFlowIncident, critical, OUR_ADMIN, mail-on-call",
        "MailFlowIncident, high, OUR_ADMIN, mail-on-call",
        "MailFlowIncident, warning, OUR_ADMIN, mail-desk",
        "MailFlowIncident, critical, REMOTE_ORGANISATION, mail-on-call",
        "MailFlowIncident, high, REMOTE_ORGANISATION, partner-desk",
        "MailFlowIncident, critical, SENDER, service-desk"
    })
    void shouldRouteByOwnerAndSeverity(String name, String severity, Owner owner, String receiver)
            throws IOException, InterruptedException {
        assertThat(routed("alertname=" + name, "severity=" + severity, "owner=" + RouteSettings.DEFAULT.label(owner)))
                .isEqualTo(receiver);
    }

    @ParameterizedTest
    @CsvSource({"critical, platform-on-call", "high, platform-on-call", "warning, platform-desk"})
    void shouldRouteTheProgramsOwnHealthToWhoeverRunsIt(String severity, String receiver)
            throws IOException, InterruptedException {
        assertThat(routed("alertname=MailflowDown", "service=mailflow", "severity=" + severity))
                .isEqualTo(receiver);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldSayOfEachAlertWhatItMeansAndWhatToDo(JsonNode alert) throws IOException {
        String name = alert.get("alert").asText();
        JsonNode annotations = alert.get("annotations");
        assertThat(annotations.path("summary").asText()).isNotBlank();
        assertThat(annotations.path("description").asText()).isNotBlank();
        assertThat(alert.at("/labels/severity").asText()).isIn("warning", "high", "critical");
        assertThat(annotations.path("runbook_url").asText())
                .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
        assertThat(Files.readAllLines(OPERATIONS)).contains("### " + name);
        assertThat(Files.readString(DEPLOY.resolve("prometheus").resolve("mailflow.rules.test.yml")))
                .as("a test in which it fires")
                .contains("alertname=\"" + name + "\"");
    }

    @Test
    void shouldDescribeNoAlertThatIsNot() throws IOException {
        List<String> names =
                alerts().map(alert -> "### " + alert.get("alert").asText()).toList();
        assertThat(Files.readAllLines(OPERATIONS).stream().filter(line -> line.startsWith("### Mailflow")))
                .containsExactlyElementsOf(names);
    }

    static Stream<JsonNode> alerts() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).findParents("alert").stream();
    }

    private static String routed(String... labels) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("amtool", "config", "routes", "test", "--config.file=alertmanager/alertmanager.yml"));
        command.addAll(List.of(labels));
        return run(command.toArray(String[]::new))
                .lines()
                .filter(line -> !line.startsWith("Warning"))
                .findFirst()
                .orElse("");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(DEPLOY.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + "%n%s", output)
                .isZero();
        return output;
    }
}
