package io.mailflow.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The served description, and whether answers are what it promises. */
public final class OpenApi {

    private static final String BASE = "https://mailflow.example/api/v1/";
    private static final String DOCUMENT = BASE + "openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head");

    private static final JsonNode ROOT = read();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(Map.of(DOCUMENT, ROOT.toString()))
                    .schemaIdResolvers(ids -> ids.mapPrefix(BASE + "schemas/", "classpath:io/mailflow/schema/")
                            .mapPrefix("https://mailflow.example/schema/", "classpath:io/mailflow/schema/")));

    private OpenApi() {}

    /** One operation. */
    public record Operation(String method, String path) {}

    /** Every operation there is. */
    public static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        ROOT.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                        operations.add(new Operation(name.toUpperCase(Locale.ROOT), path.getKey()));
                    }
                }));
        return operations;
    }

    /** Names of an operation's query parameters. */
    public static List<String> queryParameters(Operation operation) {
        List<String> names = new ArrayList<>();
        node(operation).path("parameters").forEach(parameter -> {
            JsonNode resolved = resolve(parameter);
            if (resolved.get("in").asText().equals("query")) {
                names.add(resolved.get("name").asText());
            }
        });
        return names;
    }

    /** What is wrong with an answer, empty if nothing is. */
    public static List<String> errors(Operation operation, int status, String contentType, String body) {
        JsonNode responses = node(operation).get("responses");
        JsonNode response =
                resolve(responses.has("" + status) ? responses.get("" + status) : responses.path("default"));
        String type = contentType.replaceFirst(";.*", "").strip();
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            return List.of(operation + " answers " + status + " with " + type + ", which is not described");
        }
        if (!type.endsWith("json")) {
            return List.of();
        }
        return validate(pointer(operation, status, type, responses), body);
    }

    /** What is wrong with a value by one of the named schemas. */
    public static List<String> errors(String schema, String body) {
        return validate("/components/schemas/" + schema, body);
    }

    private static String pointer(Operation operation, int status, String type, JsonNode responses) {
        String key = responses.has("" + status) ? "" + status : "default";
        String ref = responses.get(key).path("$ref").asText();
        String at = ref.isEmpty()
                ? "/paths/" + escape(operation.path()) + "/"
                        + operation.method().toLowerCase(Locale.ROOT) + "/responses/" + key
                : ref.substring(1);
        return at + "/content/" + escape(type) + "/schema";
    }

    private static List<String> validate(String pointer, String body) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer));
        try {
            return schema
                    .validate(
                            Json.MAPPER.readTree(body),
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .stream()
                    .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode node(Operation operation) {
        return ROOT.get("paths").get(operation.path()).get(operation.method().toLowerCase(Locale.ROOT));
    }

    private static JsonNode resolve(JsonNode node) {
        String ref = node.path("$ref").asText();
        return ref.isEmpty() ? node : ROOT.at(ref.substring(1));
    }

    private static String escape(String part) {
        return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }

    private static JsonNode read() {
        try (InputStream yaml = Objects.requireNonNull(WebServer.class.getResourceAsStream("openapi.yaml"))) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
