package io.mailflow.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The schemas and samples as they lie on the class path, and a validator that asserts formats. */
final class Schemas {

    /** What every {@code $id} begins with. */
    static final String BASE = "https://mailflow.example/schema/";

    /** The settings of {@code io.mailflow.serde.Json}, which this module cannot see. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:io/mailflow/schema/")));

    private Schemas() {}

    /** File names of all schemas. */
    static List<String> files() {
        return list("").filter(name -> name.endsWith(".schema.json")).toList();
    }

    /** File names of all samples: the schema's name, a dot, what is special, {@code .json}. */
    static List<String> samples() {
        return list("samples").filter(name -> name.endsWith(".json")).toList();
    }

    /** The name of a sample's schema, without {@code .schema.json}. */
    static String schemaOf(String sample) {
        return sample.substring(0, sample.indexOf('.'));
    }

    static JsonNode sample(String file) {
        return read("samples/" + file);
    }

    static JsonNode schema(String file) {
        return read(file);
    }

    /** What is wrong with a value by the schema of that name, empty if nothing is. */
    static List<Error> errors(String schema, JsonNode value) {
        return validate(BASE + schema + ".schema.json", value);
    }

    /** What is wrong with a schema by the rules for schemas. */
    static List<Error> errorsOfSchema(JsonNode schema) {
        return validate("https://json-schema.org/draft/2020-12/schema", schema);
    }

    private static List<Error> validate(String id, JsonNode value) {
        Schema loaded = REGISTRY.getSchema(SchemaLocation.of(id));
        return loaded.validate(
                value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode read(String path) {
        try (InputStream stream = Schemas.class.getResourceAsStream(path)) {
            return JSON.readTree(Objects.requireNonNull(stream, path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> list(String folder) {
        URL url = Objects.requireNonNull(Schemas.class.getResource("alert.schema.json"));
        try (Stream<Path> files = Files.list(Path.of(url.toURI()).resolveSibling(folder.isEmpty() ? "." : folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
