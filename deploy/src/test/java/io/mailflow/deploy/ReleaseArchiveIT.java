package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The release archive, unpacked and started. */
class ReleaseArchiveIT {

    @TempDir
    static Path folder;

    private static Path release;

    @BeforeAll
    static void unpack() throws IOException {
        Path archive = Path.of(Objects.requireNonNull(System.getProperty("mailflow.archive")));
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                assertThat(target).startsWithRaw(folder);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(
                            target,
                            PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        try (Stream<Path> content = Files.list(folder)) {
            release = content.filter(path -> path.getFileName().toString().startsWith("mailflow-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void explainsAnErrorText() throws Exception {
        JsonNode explained = new ObjectMapper()
                .readTree(run("explain", "--json", "450 4.4.316 Connection refused [Message=Socket error code 10061]"));

        assertThat(explained.path("code").asText()).isEqualTo("450 4.4.316");
        assertThat(explained.path("cause").asText()).isEqualTo("connection-refused");
    }

    @Test
    void analyzesItsOwnSample() throws Exception {
        JsonNode analysis = new ObjectMapper()
                .readTree(run(
                        "analyze",
                        "--json",
                        "--connectors",
                        release.resolve("docs/samples/connectors.yaml").toString(),
                        release.resolve("docs/samples/MSGTRK-contoso.log").toString()));

        assertThat(analysis.path("input").path("rows").asInt()).isEqualTo(85);
        assertThat(analysis.path("alerts")).isNotEmpty();
    }

    @Test
    void saysWhatIsInIt() throws IOException {
        JsonNode bom =
                new ObjectMapper().readTree(release.resolve("mailflow.cdx.json").toFile());

        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        List<String> components = new ArrayList<>();
        bom.path("components")
                .forEach(component -> components.add(component.path("name").asText() + "-"
                        + component.path("version").asText()));
        try (Stream<Path> lib = Files.list(release.resolve("lib"))) {
            List<String> shipped = lib.map(jar -> jar.getFileName().toString()).toList();
            // Jars with native code have a classifier, which a component has not.
            assertThat(shipped)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(jar -> assertThat(components)
                            .anyMatch(component -> jar.startsWith(component + ".") || jar.startsWith(component + "-")));
            assertThat(components)
                    .allSatisfy(component -> assertThat(shipped)
                            .anyMatch(jar -> jar.startsWith(component + ".") || jar.startsWith(component + "-")));
        }
        String licences = Files.readString(release.resolve("THIRD-PARTY.txt"));
        assertThat(licences).contains("kafka-streams").contains("Apache").doesNotContain("Unknown license");
    }

    @Test
    void unitFileIsOneThatSystemdUnderstands() throws Exception {
        Path unit = folder.resolve("mailflow.service");
        Files.writeString(
                unit,
                Files.readString(release.resolve("deploy/systemd/mailflow.service"))
                        .replace("/opt/mailflow/", release + "/"));

        Process verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines().filter(line -> line.contains("mailflow.service")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/systemd/mailflow.service", "deploy/container/Containerfile"})
    void everyFileOfTheArchiveThatIsNamedIsThere(String file) throws IOException {
        List<String> named = Pattern.compile("/opt/mailflow/([\\w./-]*\\w)")
                .matcher(Files.readString(release.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(named)
                .contains("bin/mailflow")
                .allSatisfy(name -> assertThat(release.resolve(name)).isRegularFile());
        assertThat(named.stream().filter(name -> name.startsWith("bin/")))
                .allSatisfy(name -> assertThat(release.resolve(name)).isExecutable());
    }

    /** What the unit's first lines install is what it starts with. */
    @Test
    void theUnitReadsTheConfigurationThatIsInstalled() throws IOException {
        String unit = Files.readString(release.resolve("deploy/systemd/mailflow.service"));
        Matcher started = Pattern.compile("^ExecStart=.* --config (\\S+)$", Pattern.MULTILINE)
                .matcher(unit);

        assertThat(started.find()).isTrue();
        assertThat(unit).contains("/opt/mailflow/config/mailflow.yaml " + started.group(1) + "\n");
    }

    /** As a container's health check asks it: 0 while it lives, anything else for what it does not have or is not there. */
    @Test
    void startsAndAnswersItsHealthCheck() throws Exception {
        Path log = folder.resolve("demo.log");
        ProcessBuilder builder = new ProcessBuilder(
                release.resolve("bin/mailflow").toString(), "demo", "--port=0", "--data=" + folder.resolve("data"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAILFLOW_JAVA_OPTS", "-Xmx512m -XX:+ExitOnOutOfMemoryError");
        Process demo =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        String port;
        try {
            port = port(demo, log);
            assertThat(health(port, "/health/live")).isZero();
            assertThat(health(port, "/health/no-such-thing")).isNotZero();
        } finally {
            demo.destroy();
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(health(port, "/health/live")).isNotZero();
    }

    private static String port(Process demo, Path log) throws IOException, InterruptedException {
        Pattern address = Pattern.compile("^Page, API and metrics: http://localhost:(\\d+)/$", Pattern.MULTILINE);
        for (Instant end = Instant.now().plusSeconds(90); Instant.now().isBefore(end); ) {
            Matcher said = address.matcher(Files.readString(log));
            if (said.find()) {
                return said.group(1);
            }
            assertThat(demo.waitFor(200, TimeUnit.MILLISECONDS))
                    .as(Files.readString(log))
                    .isFalse();
        }
        throw new AssertionError("no address in " + Files.readString(log));
    }

    private static int health(String port, String path) throws IOException, InterruptedException {
        return new ProcessBuilder(release.resolve("bin/healthcheck").toString(), port, path)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(release.resolve("bin/mailflow").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path errors = folder.resolve("errors.txt");
        builder.redirectError(errors.toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return out;
    }
}
