package io.mailflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaFilesTest {

    static List<String> files() {
        return Schemas.files();
    }

    @Test
    void shouldHaveASchemaForEveryTopicAndOutput() {
        assertThat(Schemas.files())
                .containsExactly(
                        "alert.schema.json",
                        "analysis.schema.json",
                        "common.schema.json",
                        "connector-entry.schema.json",
                        "connector-health.schema.json",
                        "explanation.schema.json",
                        "incident.schema.json",
                        "ingest-position.schema.json",
                        "late-event.schema.json",
                        "pipeline-progress.schema.json",
                        "redrive.schema.json",
                        "topics-check.schema.json",
                        "trace-record.schema.json",
                        "window-count.schema.json");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeASchemaOf202012WithIdTitleAndDescription(String file) {
        JsonNode schema = Schemas.schema(file);

        assertThat(Schemas.errorsOfSchema(schema)).isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asText()).isEqualTo(Schemas.BASE + file);
        assertThat(schema.path("title").asText()).isNotBlank();
        assertThat(schema.path("description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldDescribeEveryProperty(String file) {
        List<String> silent = new ArrayList<>();
        collectUndescribed(Schemas.schema(file), "", silent);
        assertThat(silent).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoSchema() {
        JsonNode broken = JsonNodeFactory.instance.objectNode().put("type", "strnig");
        assertThat(Schemas.errorsOfSchema(broken)).isNotEmpty();
    }

    /** A property with a reference is described where the reference leads; conditions narrow described properties. */
    private static void collectUndescribed(JsonNode node, String path, List<String> silent) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (List.of("if", "then", "else", "anyOf").contains(name)) {
                continue;
            }
            if (name.equals("properties") || name.equals("$defs")) {
                for (Map.Entry<String, JsonNode> described : field.getValue().properties()) {
                    if (!described.getValue().has("description")
                            && !described.getValue().has("$ref")) {
                        silent.add(path + "/" + name + "/" + described.getKey());
                    }
                    collectUndescribed(described.getValue(), path + "/" + name + "/" + described.getKey(), silent);
                }
            }
        }
    }
}
