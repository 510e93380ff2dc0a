package io.mailflow.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The published schemas, as their readers use them: with formats asserted. */
final class Schemas {

    private static final String BASE = "https://mailflow.example/schema/";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:io/mailflow/schema/")));

    private Schemas() {}

    /**
     * What is wrong with a value, empty if nothing is.
     *
     * @param file the schema's file name, such as {@code alert.schema.json}
     */
    static List<String> errors(String file, JsonNode value) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(BASE + file));
        return schema
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
