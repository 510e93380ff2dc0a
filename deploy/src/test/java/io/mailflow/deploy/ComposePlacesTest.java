package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.ConfigLoader;
import io.mailflow.config.MailflowConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every port that the compose file and the files around it name is listened to, and every path is there. */
class ComposePlacesTest {

    private static final Path FOLDER = Shipped.DEPLOY.resolve("compose");
    private static final JsonNode SERVICES =
            Shipped.document(FOLDER.resolve("compose.yaml")).path("services");
    private static final MailflowConfig CONFIG = ConfigLoader.load(FOLDER.resolve("mailflow.yaml"));

    /** What the images of others listen to unless told otherwise. */
    private static final Map<String, Integer> PORTS = Map.of("prometheus", 9090, "alertmanager", 9093, "grafana", 3000);

    private static final Pattern SPOKEN_TO = Pattern.compile("\\b([a-z]+(?:-[0-9])?):([0-9]{4,5})\\b");
    private static final Pattern ABSOLUTE = Pattern.compile("(?<![\\w./:*-])(/[\\w-]+(?:/[\\w.*-]+)*)");

    @Test
    void publishedPortsAreListenedTo() {
        SERVICES.properties()
                .forEach(service -> service.getValue().path("ports").forEach(port -> {
                    String inside = port.asText().substring(port.asText().lastIndexOf(':') + 1);
                    assertThat(listened(service.getKey())).as(service.getKey()).contains(Integer.valueOf(inside));
                }));
    }

    @Test
    void portsOfOthersAreListenedTo() {
        Set<String> speakers = new TreeSet<>();
        SERVICES.properties()
                .forEach(service -> texts(service.getKey()).forEach(text -> {
                    List<MatchResult> spoken = SPOKEN_TO.matcher(text).results().toList();
                    spoken.forEach(address -> assertThat(listened(address.group(1)))
                            .as("%s speaks to %s", service.getKey(), address.group())
                            .contains(Integer.valueOf(address.group(2))));
                    if (!spoken.isEmpty()) {
                        speakers.add(service.getKey());
                    }
                }));
        assertThat(speakers).contains("broker-1", "mailflow-1", "mailflow-2", "prometheus", "grafana");
    }

    @Test
    void waitsForServicesThatAre() {
        SERVICES.forEach(service -> assertThat(names(SERVICES)).containsAll(names(service.path("depends_on"))));
    }

    /** A path in a command, a variable or a mounted file is mounted itself, or a secret the service was given. */
    @Test
    void everyPathIsThereWhereItIsNamed() {
        SERVICES.properties().forEach(service -> {
            List<String> paths = texts(service.getKey())
                    .flatMap(text -> ABSOLUTE.matcher(text).results().map(found -> found.group(1)))
                    .toList();
            assertThat(paths)
                    .as(service.getKey())
                    .allSatisfy(path -> assertThat(isThere(service.getValue(), path))
                            .as("%s in %s", path, service.getKey())
                            .isTrue());
        });
    }

    @Test
    void theProgramFindsItsConfigurationAndKeepsItsState() {
        String config = ContainerfileTest.command().get(2);
        for (String name : List.of("mailflow-1", "mailflow-2", "topics")) {
            assertThat(files(SERVICES.path(name))).containsKey(config);
        }
        for (String name : List.of("mailflow-1", "mailflow-2")) {
            assertThat(volumes(SERVICES.path(name)))
                    .anyMatch(volume -> CONFIG.kafka().stateDir().startsWith(volume));
        }
    }

    @Test
    void grafanaFindsTheDashboards() {
        String path = Shipped.document(FOLDER.resolve("grafana/provisioning/dashboards/mailflow.yaml"))
                .at("/providers/0/options/path")
                .asText();

        assertThat(files(SERVICES.path("grafana"))).containsKeys(path, "/etc/grafana/provisioning");
        assertThat(Shipped.files(
                        Objects.requireNonNull(files(SERVICES.path("grafana")).get(path))))
                .hasSize(4)
                .allMatch(file -> file.toString().endsWith(".json"));
    }

    private static Set<Integer> listened(String service) {
        if (service.startsWith("mailflow-")) {
            return Set.of(CONFIG.web().port());
        }
        if (service.startsWith("broker-")) {
            String listeners =
                    SERVICES.path(service).at("/environment/KAFKA_LISTENERS").asText();
            return Stream.of(listeners.split(","))
                    .map(listener -> Integer.valueOf(listener.substring(listener.lastIndexOf(':') + 1)))
                    .collect(Collectors.toSet());
        }
        return PORTS.containsKey(service) ? Set.of(PORTS.get(service)) : Set.of();
    }

    /** What the service is told: its command, its variables and the files mounted into it as its configuration. */
    private static Stream<String> texts(String name) {
        JsonNode service = SERVICES.path(name);
        Stream<String> words = Stream.concat(elements(service.path("command")), elements(service.path("environment")));
        // Who publishes no port runs one command, which needs only a part of its configuration.
        Stream<String> files = service.path("ports").isEmpty()
                ? Stream.of()
                : files(service).values().stream()
                        .filter(place -> Files.isRegularFile(place) || place.startsWith(FOLDER))
                        .flatMap(place -> Shipped.files(place).stream())
                        .map(file -> Shipped.text(file)
                                .replaceAll("(?m)^\\s*#.*$", "")
                                .replace("file:/", "/"));
        return Stream.concat(words, files);
    }

    private static Stream<String> elements(JsonNode node) {
        Stream.Builder<String> elements = Stream.builder();
        node.forEach(element -> elements.add(element.asText().replaceFirst("^--[\\w.]+=", "")));
        return elements.build();
    }

    private static boolean isThere(JsonNode service, String path) {
        if (path.startsWith("/run/secrets/")) {
            return elements(service.path("secrets")).anyMatch(secret -> path.equals("/run/secrets/" + secret));
        }
        Map<String, Path> files = files(service);
        return volumes(service).anyMatch(Path.of(path)::startsWith)
                || files.entrySet().stream()
                        .filter(mount -> Path.of(path).startsWith(mount.getKey()))
                        .anyMatch(mount -> matches(
                                mount.getValue(), Path.of(mount.getKey()).relativize(Path.of(path))));
    }

    /** Whether the folder or file has something there; the last name may be a pattern. */
    private static boolean matches(Path place, Path rest) {
        if (rest.toString().isEmpty()) {
            return Files.exists(place);
        }
        return Shipped.files(place).stream()
                .anyMatch(file ->
                        rest.getFileSystem().getPathMatcher("glob:" + rest).matches(place.relativize(file)));
    }

    /** Files and folders of the repository by where the service has them. */
    private static Map<String, Path> files(JsonNode service) {
        return elements(service.path("volumes"))
                .filter(volume -> volume.startsWith("."))
                .map(volume -> volume.split(":"))
                .collect(Collectors.toMap(
                        volume -> volume[1], volume -> FOLDER.resolve(volume[0]).normalize()));
    }

    private static Stream<Path> volumes(JsonNode service) {
        return elements(service.path("volumes"))
                .filter(volume -> !volume.startsWith("."))
                .map(volume -> Path.of(volume.split(":")[1]));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
