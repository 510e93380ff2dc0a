package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The compose file, against the schema of the Compose Specification and against what lies around it. */
class ComposeTest {

    private static final Path FOLDER = Shipped.DEPLOY.resolve("compose");
    private static final JsonNode COMPOSE = Shipped.document(FOLDER.resolve("compose.yaml"));

    @Test
    void followsTheSpecification() throws IOException {
        assertThat(errors(COMPOSE)).isEmpty();
    }

    @Test
    void unknownKeyIsSeen() throws IOException {
        JsonNode broken = new ObjectMapper().readTree(COMPOSE.toString().replace("\"depends_on\"", "\"depends_upon\""));

        assertThat(errors(broken)).isNotEmpty();
    }

    @Test
    void everyMountedFileIsThere() {
        List<String> missing = new ArrayList<>();
        COMPOSE.path("services")
                .forEach(service -> service.path("volumes").forEach(volume -> {
                    String source = volume.asText().split(":")[0];
                    if (source.startsWith(".")
                            && !Files.exists(FOLDER.resolve(source).normalize())) {
                        missing.add(source);
                    }
                }));

        assertThat(missing).isEmpty();
    }

    @Test
    void everyNamedVolumeAndSecretIsDeclared() {
        Set<String> volumes = new TreeSet<>();
        Set<String> secrets = new TreeSet<>();
        COMPOSE.path("services").forEach(service -> {
            service.path("volumes").forEach(volume -> {
                String source = volume.asText().split(":")[0];
                if (!source.startsWith(".")) {
                    volumes.add(source);
                }
            });
            service.path("secrets").forEach(secret -> secrets.add(secret.asText()));
        });

        assertThat(names(COMPOSE.path("volumes"))).isEqualTo(volumes);
        assertThat(names(COMPOSE.path("secrets"))).isEqualTo(secrets);
    }

    @Test
    void nothingIsReachableFromOtherHosts() {
        COMPOSE.path("services")
                .forEach(service -> service.path("ports")
                        .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void imageIsBuiltByTheContainerFileThatIsThere() {
        JsonNode build = COMPOSE.path("services").path("mailflow-1").path("build");
        Path context = FOLDER.resolve(build.path("context").asText()).normalize();

        assertThat(context).isEqualTo(Shipped.DEPLOY.resolve("target"));
        assertThat(context.resolve(build.path("dockerfile").asText()).normalize())
                .isEqualTo(Shipped.DEPLOY.resolve("container/Containerfile"))
                .exists();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<Error> errors(JsonNode compose) throws IOException {
        try (InputStream in = Objects.requireNonNull(ComposeTest.class.getResourceAsStream("/compose-spec.json"))) {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(in);
            // It names itself and its dialect, draft 7, by what is no address, and not that dialect's.
            schema.remove(List.of("$id", "$schema"));
            Schema specification = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema.toString(), InputFormat.JSON);
            return specification.validate(compose.toString(), InputFormat.JSON);
        }
    }
}
