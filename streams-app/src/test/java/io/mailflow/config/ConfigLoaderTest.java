package io.mailflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "config");
    private static final Path SHIPPED = Path.of("..", "deploy", "mailflow.yaml");

    /** What {@code everything.yaml} says, key by key. */
    private static final MailflowConfig EVERYTHING = new MailflowConfig(
            new KafkaSettings(
                    "kafka-1.contoso.example:9093, kafka-2.contoso.example:9093",
                    "mailflow-contoso",
                    Path.of("/var/lib/mailflow"),
                    4,
                    1,
                    3,
                    12,
                    6,
                    Duration.ofMillis(500),
                    Map.of(
                            "security.protocol", "SASL_SSL",
                            "sasl.mechanism", "SCRAM-SHA-512",
                            "consumer.max.poll.records", "1000")),
            new TimeSettings(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(6),
                    Duration.ofMinutes(7),
                    Duration.ofMinutes(31),
                    Duration.ofHours(25),
                    Duration.ofHours(2),
                    Duration.ofHours(26),
                    Duration.ofDays(5)),
            new AlertSettings(
                    21,
                    6,
                    7,
                    3,
                    0.5,
                    51,
                    Duration.ofHours(2),
                    300,
                    3_000,
                    26,
                    Duration.ofHours(13),
                    Duration.ofHours(5),
                    Duration.ofMinutes(30),
                    27,
                    28,
                    Duration.ofMinutes(90),
                    Duration.ofHours(36),
                    Duration.ofHours(8),
                    Duration.ofMinutes(45)),
            new CatalogueSettings("ja", Map.of("contoso.example", "pl"), Path.of("/etc/mailflow/catalogue")),
            new WebSettings(
                    "192.0.2.10",
                    8443,
                    true,
                    Path.of("/etc/mailflow/web.p12"),
                    new SecretSource(SecretSource.Place.ENVIRONMENT, "MAILFLOW_TLS_PASSWORD"),
                    new SecretSource(SecretSource.Place.FILE, "/etc/mailflow/read.token"),
                    new SecretSource(SecretSource.Place.FILE, "/etc/mailflow/admin.token"),
                    20),
            new RouteSettings(
                    List.of(
                            URI.create("https://alertmanager-1.contoso.example:9093"),
                            URI.create("https://monitoring.contoso.example/alertmanager")),
                    "mailflow",
                    new SecretSource(SecretSource.Place.FILE, "/etc/mailflow/alertmanager-password"),
                    null,
                    URI.create("https://mailflow.contoso.example"),
                    "https://wiki.contoso.example/mail/{entry}",
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(15),
                    "mail-team",
                    "partner-desk",
                    "service-desk"));

    @ParameterizedTest
    @MethodSource
    void shouldHoldTheDefaultsWhenNothingIsSaid(String yaml) {
        assertThat(ConfigLoader.parse(yaml, "mailflow.yaml")).isEqualTo(MailflowConfig.DEFAULT);
    }

    static Stream<String> shouldHoldTheDefaultsWhenNothingIsSaid() {
        return Stream.of("", "# nothing\n", "---\n", "{}", "kafka:\ntime:\nalerts:\n  queue-backlog:\n");
    }

    /** Whoever mistypes a section must not find a password in the log. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "web:\n  token: hunter2-hunter2",
                "kafka:\n  propertys:\n    sasl.jaas.config: 'x required password=\"hunter2-hunter2\";'",
                "ssl.keystore.password: hunter2-hunter2",
                "route:\n  alertmanager: https://on-call:hunter2-hunter2@alerts.contoso.example"
            })
    void shouldNotRepeatASecretUnderAKeyThatDoesNotExist(String yaml) {
        assertThatThrownBy(() -> ConfigLoader.parse(yaml, "mailflow.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldReadEveryKeyIntoItsOwnSetting() {
        assertThat(ConfigLoader.load(SAMPLES.resolve("everything.yaml"))).isEqualTo(EVERYTHING);
    }

    @Test
    void shouldTestEverySettingWithAValueThatIsNotItsDefault() throws ReflectiveOperationException {
        assertThat(unchanged(EVERYTHING.kafka(), KafkaSettings.DEFAULT)).isEmpty();
        assertThat(unchanged(EVERYTHING.time(), TimeSettings.DEFAULT)).isEmpty();
        assertThat(unchanged(EVERYTHING.alerts(), AlertSettings.DEFAULT)).isEmpty();
        assertThat(unchanged(EVERYTHING.catalogue(), CatalogueSettings.DEFAULT)).isEmpty();
        assertThat(unchanged(EVERYTHING.web(), WebSettings.DEFAULT)).isEmpty();
        // Not beside a user; the next test has it.
        assertThat(unchanged(EVERYTHING.route(), RouteSettings.DEFAULT)).containsExactly("bearerToken");
    }

    @Test
    void shouldReadWhereTheBearerTokenStands() {
        assertThat(ConfigLoader.parse("route.bearer-token: env:ALERTMANAGER_TOKEN", "mailflow.yaml")
                        .route()
                        .bearerToken())
                .isEqualTo(new SecretSource(SecretSource.Place.ENVIRONMENT, "ALERTMANAGER_TOKEN"));
    }

    @Test
    void shouldHaveOneKeyForEachSetting() {
        int settings = KafkaSettings.class.getRecordComponents().length
                + TimeSettings.class.getRecordComponents().length
                + AlertSettings.class.getRecordComponents().length
                + CatalogueSettings.class.getRecordComponents().length
                + WebSettings.class.getRecordComponents().length
                + RouteSettings.class.getRecordComponents().length;

        assertThat(ConfigLoader.keys()).doesNotHaveDuplicates().hasSize(settings);
    }

    @Test
    void shouldShipAFileWithEveryKeyAndItsDefault() throws IOException {
        String shipped = Files.readString(SHIPPED);
        List<String> keys = new ArrayList<>(ConfigLoader.keys());
        assertThat(keys.remove("kafka.properties")).isTrue();
        assertThat(keys.remove("catalogue.languages")).isTrue();

        assertThat(YamlLines.read(shipped, "mailflow.yaml").keySet()).containsExactlyElementsOf(keys);
        assertThat(shipped).contains("\n  properties: {}\n");
        assertThat(ConfigLoader.load(SHIPPED)).isEqualTo(MailflowConfig.DEFAULT);
    }

    @Test
    void shouldSayInTheShippedFileWhichThresholdsTheRegistryOverrides() throws IOException {
        List<String> lines = Files.readAllLines(SHIPPED);
        List<String> marked = new ArrayList<>();
        YamlLines.read(String.join("\n", lines), "mailflow.yaml").forEach((key, value) -> {
            if (lines.get(value.line() - 2).endsWith("(registry)")) {
                marked.add(key.substring("alerts.".length()));
            }
        });

        assertThat(marked).containsExactlyInAnyOrderElementsOf(AlertSettings.OVERRIDE_KEYS);
    }

    /** The first line of each file is the message it must bring, without the name of the file. */
    @ParameterizedTest
    @MethodSource
    void shouldNameKeyValueAndExpectationWhenAFileIsBad(Path file) throws IOException {
        String expected = Files.readAllLines(file).get(0).substring("# ".length());

        assertThatThrownBy(() -> ConfigLoader.load(file))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(file.toString())
                .contains(expected)
                .doesNotContain("\n");
    }

    static Stream<Path> shouldNameKeyValueAndExpectationWhenAFileIsBad() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve("bad"))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFileItCannotRead(@TempDir Path dir) throws IOException {
        Path latin = Files.write(dir.resolve("latin.yaml"), "# Müller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ConfigLoader.load(latin)).hasMessage(latin + ": not UTF-8 text; save it as UTF-8");
        assertThatThrownBy(() -> ConfigLoader.load(dir.resolve("missing.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("There is no configuration file " + dir.resolve("missing.yaml"));
        assertThatThrownBy(() -> ConfigLoader.load(dir)).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldSurviveAByteOrderMark() {
        assertThat(ConfigLoader.parse("\uFEFFkafka:\n  threads: 3\n", "mailflow.yaml")
                        .kafka()
                        .threads())
                .isEqualTo(3);
    }

    private static List<String> unchanged(Record changed, Record defaults) throws ReflectiveOperationException {
        List<String> same = new ArrayList<>();
        for (RecordComponent component : changed.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(changed);
            if (Objects.equals(value, component.getAccessor().invoke(defaults))) {
                same.add(component.getName());
            }
        }
        return same;
    }
}
