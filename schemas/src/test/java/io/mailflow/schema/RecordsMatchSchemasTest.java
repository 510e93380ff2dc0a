package io.mailflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every component of every record is in its schema with its type, and the schemas hold nothing else. */
class RecordsMatchSchemasTest {

    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "string",
            Instant.class, "string",
            Duration.class, "string",
            boolean.class, "boolean",
            int.class, "integer",
            long.class, "integer",
            Integer.class, "integer",
            Long.class, "integer",
            double.class, "number",
            Double.class, "number");

    static List<Arguments> records() {
        return List.of(
                Arguments.of(MessageTraceEvent.class, "trace-record.schema.json", "/$defs/event"),
                Arguments.of(ProgressMark.class, "trace-record.schema.json", "/$defs/progress"),
                Arguments.of(EndOfInput.class, "trace-record.schema.json", "/$defs/end"),
                Arguments.of(ConnectorEntry.class, "connector-entry.schema.json", ""),
                Arguments.of(Alert.class, "alert.schema.json", ""),
                Arguments.of(WindowCount.class, "window-count.schema.json", ""),
                Arguments.of(ConnectorHealth.class, "connector-health.schema.json", ""),
                Arguments.of(PipelineProgress.class, "pipeline-progress.schema.json", ""),
                Arguments.of(LateEvent.class, "late-event.schema.json", ""),
                Arguments.of(IngestPosition.class, "ingest-position.schema.json", ""),
                Arguments.of(Redrive.class, "redrive.schema.json", ""),
                Arguments.of(Incident.class, "incident.schema.json", ""),
                Arguments.of(Analysis.class, "analysis.schema.json", ""));
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldAgree(Class<?> type, String file, String pointer) {
        List<String> differences = new ArrayList<>();
        compareObject(type, Place.of(file, pointer), differences);
        assertThat(differences).isEmpty();
    }

    /** A schema node and the file it stands in, to which its references are relative. */
    private record Place(String file, JsonNode node) {

        static Place of(String file, String pointer) {
            return new Place(file, Schemas.schema(file).at(JsonPointer.compile(pointer)));
        }

        Place at(JsonNode other) {
            return new Place(file, other);
        }

        /** Where the node's reference leads, if it is one. */
        Place resolved() {
            if (!node.has("$ref")) {
                return this;
            }
            String reference = node.get("$ref").asText();
            int hash = reference.indexOf('#');
            String target = hash < 0 ? reference : reference.substring(0, hash);
            String pointer = hash < 0 ? "" : reference.substring(hash + 1);
            return of(target.isEmpty() ? file : target, pointer).resolved();
        }
    }

    private static void compareObject(Class<?> type, Place schema, List<String> differences) {
        JsonNode properties = schema.node().path("properties");
        boolean omitsNull = type.isAnnotationPresent(JsonInclude.class);
        Set<String> required = new HashSet<>();
        schema.node().path("required").forEach(name -> required.add(name.asText()));
        // Which of the two the schema of an event can ask for depends on the kind of event.
        boolean conditional = type == MessageTraceEvent.class || type == Origin.class || type == Destination.class;

        Set<String> names = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            String where = type.getSimpleName() + "." + name;
            names.add(name);
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!conditional && required.contains(name) == (omitsNull && nullable)) {
                differences.add(where + " required: " + required.contains(name));
            }
            if (!properties.has(name)) {
                differences.add(where + " is not in the schema");
                continue;
            }
            compare(
                    component.getGenericType(),
                    nullable && !(omitsNull && !conditional),
                    schema.at(properties.get(name)),
                    where,
                    differences);
        }
        if (TraceRecord.class.isAssignableFrom(type)) {
            names.add("record");
        }
        properties.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                differences.add(type.getSimpleName() + " has no component for " + name);
            }
        });
    }

    private static void compare(Type type, boolean nullable, Place place, String where, List<String> differences) {
        Place schema = place.resolved();
        boolean allowsNull = false;
        if (schema.node().has("anyOf")) {
            allowsNull = schema.node().get("anyOf").get(1).path("type").asText().equals("null");
            schema = schema.at(schema.node().get("anyOf").get(0)).resolved();
        }
        JsonNode node = schema.node();
        List<String> types = texts(node.path("type"));
        allowsNull |= types.contains("null") || (types.isEmpty() && containsNull(node.path("enum")));
        if (nullable != allowsNull) {
            differences.add(where + " may be null: record " + nullable + ", schema " + allowsNull);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            expect("array", types, where, differences);
            compare(generic.getActualTypeArguments()[0], false, schema.at(node.path("items")), where, differences);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            expect("object", types, where, differences);
            Place values = schema.at(node.path("additionalProperties"));
            compare(generic.getActualTypeArguments()[1], false, values, where, differences);
        } else if (type instanceof Class<?> scalar && SCALARS.containsKey(scalar)) {
            if (!node.has("const")) {
                expect(SCALARS.get(scalar), types, where, differences);
            }
            if (scalar == Instant.class && !node.path("format").asText().equals("date-time")) {
                differences.add(where + " is an instant");
            }
            if (scalar == Duration.class && !(node.has("format") || node.has("pattern") || node.has("enum"))) {
                differences.add(where + " is a duration");
            }
        } else if (type instanceof Class<?> choice && choice.isEnum()) {
            List<String> values = texts(node.path("enum"));
            if (!values.equals(names(choice))) {
                differences.add(where + " is one of " + names(choice) + ", in the schema " + values);
            }
        } else if (type instanceof Class<?> object && object.isRecord()) {
            expect("object", types, where, differences);
            compareObject(object, schema, differences);
        } else {
            differences.add(where + " has the type " + type + ", which this test does not know");
        }
    }

    private static void expect(String type, List<String> types, String where, List<String> differences) {
        if (!types.contains(type)) {
            differences.add(where + " is of type " + type + ", in the schema " + types);
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static List<String> names(Class<?> choice) {
        return Arrays.stream(choice.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> constant.getAnnotation(JsonProperty.class).value())
                .toList();
    }

    /** The texts of an array, or the only one. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(value -> {
            if (value.isTextual()) {
                texts.add(value.asText());
            }
        });
        return texts;
    }

    private static boolean containsNull(JsonNode values) {
        for (JsonNode value : values) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }
}
