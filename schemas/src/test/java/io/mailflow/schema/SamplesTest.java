package io.mailflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

    private static final String UNEXPECTED = "unexpected";

    private static final Map<String, Class<?>> RECORDS = Map.ofEntries(
            Map.entry("trace-record", TraceRecord.class),
            Map.entry("connector-entry", ConnectorEntry.class),
            Map.entry("alert", Alert.class),
            Map.entry("window-count", WindowCount.class),
            Map.entry("connector-health", ConnectorHealth.class),
            Map.entry("pipeline-progress", PipelineProgress.class),
            Map.entry("late-event", LateEvent.class),
            Map.entry("ingest-position", IngestPosition.class),
            Map.entry("redrive", Redrive.class),
            Map.entry("incident", Incident.class),
            Map.entry("analysis", Analysis.class));

    static List<String> samples() {
        return Schemas.samples();
    }

    /** Samples of what this program alone writes: nothing may be missing, nothing added. */
    static Stream<String> strictSamples() {
        return samples().stream()
                .filter(sample -> !sample.startsWith("trace-record")
                        && !sample.startsWith("late-event")
                        && !sample.startsWith("connector-entry"));
    }

    /** What a record stands for each of; {@code Explanation} lives with the catalogue and is tested there. */
    static Stream<String> samplesOfRecords() {
        return samples().stream().filter(sample -> RECORDS.containsKey(Schemas.schemaOf(sample)));
    }

    @Test
    void shouldHaveASmallAndAFullSampleOfEverySchema() {
        Map<String, List<String>> bySchema = samples().stream().collect(Collectors.groupingBy(Schemas::schemaOf));
        List<String> values = Schemas.files().stream()
                .map(Schemas::schemaOf)
                .filter(schema -> !schema.equals("common"))
                .toList();

        assertThat(bySchema).containsOnlyKeys(values);
        assertThat(bySchema)
                .allSatisfy(
                        (schema, files) -> assertThat(files).contains(schema + ".small.json", schema + ".full.json"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldValidate(String file) {
        assertThat(Schemas.errors(Schemas.schemaOf(file), Schemas.sample(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samplesOfRecords")
    void shouldReadIntoItsRecordAndWriteBackTheSame(String file) throws IOException {
        JsonNode sample = Schemas.sample(file);
        Class<?> type = RECORDS.get(Schemas.schemaOf(file));
        Object value = Schemas.JSON.treeToValue(sample, type);
        JsonNode written = Schemas.JSON.readTree(Schemas.JSON.writerFor(type).writeValueAsString(value));

        if (type == TraceRecord.class && !sample.has("record")) {
            ((ObjectNode) sample).put("record", "event");
        }
        assertThat(written).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldFailWithAnyValueOfAnotherType(String file) {
        JsonNode sample = Schemas.sample(file);
        ArrayNode wrong = JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.arrayNode());

        assertThat(pointers(sample)).allSatisfy(pointer -> {
            JsonNode broken = with(sample, pointer, wrong);
            assertThat(Schemas.errors(Schemas.schemaOf(file), broken))
                    .as("%s = %s", pointer, wrong)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("strictSamples")
    void shouldFailWithoutAnyOfItsFields(String file) {
        JsonNode sample = Schemas.sample(file);

        assertThat(pointers(sample))
                .filteredOn(pointer -> !pointer.last().mayMatchElement())
                // A map whose keys are what happened to be known.
                .filteredOn(pointer -> !pointer.toString().contains("/parameters/"))
                .isNotEmpty()
                .allSatisfy(pointer -> assertThat(Schemas.errors(Schemas.schemaOf(file), without(sample, pointer)))
                        .as("without %s", pointer)
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("strictSamples")
    void shouldFailWithAFieldThatNobodyDescribed(String file) {
        JsonNode sample = Schemas.sample(file);
        List<JsonPointer> objects = new ArrayList<>(pointers(sample));
        objects.add(JsonPointer.empty());

        assertThat(objects).filteredOn(pointer -> sample.at(pointer).isObject()).allSatisfy(pointer -> {
            JsonNode broken = sample.deepCopy();
            ((ObjectNode) broken.at(pointer)).put(UNEXPECTED, 1);
            assertThat(Schemas.errors(Schemas.schemaOf(file), broken))
                    .as("more in '%s'", pointer)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "trace-record.small.json, /tenant",
        "trace-record.small.json, /timestamp",
        "trace-record.small.json, /event",
        "trace-record.small.json, /recipient",
        "trace-record.small.json, /messageId",
        "trace-record.progress.json, /progress",
        "trace-record.end.json, /at",
        "connector-entry.small.json, /tenant",
        "connector-entry.small.json, /name",
        "connector-entry.small.json, /direction",
        "connector-entry.small.json, /type",
        "connector-entry.small.json, /smartHosts",
        "connector-entry.small.json, /recipientDomains",
        "connector-entry.small.json, /thresholds",
        "late-event.small.json, /event",
        "late-event.small.json, /event/tenant",
        "late-event.small.json, /progress",
        "late-event.small.json, /lateBy",
        "late-event.small.json, /effect"
    })
    void shouldFailWithoutARequiredField(String file, String pointer) {
        JsonNode broken = without(Schemas.sample(file), JsonPointer.compile(pointer));
        assertThat(Schemas.errors(Schemas.schemaOf(file), broken)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "trace-record.small.json, /event, deferred",
        "trace-record.small.json, /timestamp, 05.01.2026 08:12",
        "trace-record.small.json, /timestamp, 2026-02-30T08:12:41Z",
        "trace-record.full.json, /record, something",
        "trace-record.full.json, /platform, exchange",
        "trace-record.full.json, /connectorSource, row-id",
        "trace-record.full.json, /observedAt, yesterday",
        "connector-entry.full.json, /direction, both",
        "connector-entry.full.json, /type, mx",
        "connector-entry.full.json, /relation, customer",
        "connector-entry.full.json, /lifetime, 24h",
        "window-count.full.json, /size, P1D",
        "window-count.full.json, /code, 450-4.4.316",
        "window-count.full.json, /start, 2026-01-05T09:10:00+01:00",
        "connector-health.full.json, /type, other",
        "pipeline-progress.full.json, /stage, reader",
        "late-event.full.json, /effect, count",
        "late-event.full.json, /lateBy, PT-5S",
        "late-event.full.json, /event/event, sent",
        "alert.full.json, /id, 41D6",
        "alert.full.json, /state, closed",
        "alert.full.json, /state, resolved",
        "alert.small.json, /state, open",
        "alert.small.json, /resolution, fixed",
        "alert.full.json, /severity, info",
        "alert.full.json, /reasons/0, slow",
        "alert.full.json, /publication, reopened",
        "alert.full.json, /evidence/thresholds/0/reason, slow",
        "alert.full.json, /evidence/lag, 31s",
        "alert.full.json, /remediation/owner, nobody",
        "incident.full.json, /state, open",
        "incident.small.json, /state, resolved",
        "incident.full.json, /episodes/0/joinedBy, same-code",
        "incident.full.json, /pages/0/labels/severity, page",
        "analysis.full.json, /asOf, 2026-01-06",
        "analysis.full.json, /alerts/0/severity, info",
        "explanation.full.json, /owner, nobody",
        "explanation.full.json, /enhanced, 450 4.4.316"
    })
    void shouldFailWithAValueThatIsNone(String file, String pointer, String value) {
        JsonNode broken =
                with(Schemas.sample(file), JsonPointer.compile(pointer), JsonNodeFactory.instance.textNode(value));
        assertThat(Schemas.errors(Schemas.schemaOf(file), broken)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "window-count.full.json, /delivered, 1",
        "window-count.full.json, /attempts, -1",
        "window-count.full.json, /revision, 0",
        "alert.full.json, /sequence, 0",
        "incident.full.json, /sequence, 0",
        "alert.full.json, /evidence/queue/expiring/0/withinHours, 2",
        "analysis.full.json, /input/late, 1",
        "analysis.full.json, /windows/0/attempts, 0",
        "pipeline-progress.full.json, /partition, -1"
    })
    void shouldFailWithANumberOutOfRange(String file, String pointer, int value) {
        JsonNode broken =
                with(Schemas.sample(file), JsonPointer.compile(pointer), JsonNodeFactory.instance.numberNode(value));
        assertThat(Schemas.errors(Schemas.schemaOf(file), broken)).isNotEmpty();
    }

    /** A log shipper adds fields, writes null for what it has not, and local time with its offset. */
    @Test
    void shouldTakeATraceRecordAsALogShipperWritesIt() throws IOException {
        ObjectNode event = (ObjectNode) Schemas.sample("trace-record.small.json");
        event.put("timestamp", "2026-01-05T09:12:41.250+01:00");
        event.putNull("networkMessageId");
        event.putNull("destination");
        event.putObject("@metadata").put("beat", "filebeat");

        assertThat(Schemas.errors("trace-record", event)).isEmpty();
        assertThat(Schemas.JSON.treeToValue(event, TraceRecord.class))
                .isEqualTo(Schemas.JSON.treeToValue(Schemas.sample("trace-record.small.json"), TraceRecord.class));
    }

    @Test
    void shouldTakeAnEventOfNoConcernWithoutRecipientAndMessage() {
        ObjectNode event = (ObjectNode) Schemas.sample("trace-record.small.json");
        event.put("event", "other");
        event.remove(List.of("recipient", "messageId"));
        assertThat(Schemas.errors("trace-record", event)).isEmpty();
    }

    @Test
    void shouldNotTakeAnInternalMessageIdWithoutItsServer() {
        ObjectNode event = (ObjectNode) Schemas.sample("trace-record.small.json");
        event.remove("messageId");
        event.put("internalMessageId", "42");
        assertThat(Schemas.errors("trace-record", event)).isNotEmpty();
        event.put("server", "NWEX01");
        assertThat(Schemas.errors("trace-record", event)).isEmpty();
    }

    private static List<JsonPointer> pointers(JsonNode node) {
        List<JsonPointer> pointers = new ArrayList<>();
        collect(node, JsonPointer.empty(), pointers);
        return pointers;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> pointers) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            pointers.add(at.appendProperty(field.getKey()));
            collect(field.getValue(), at.appendProperty(field.getKey()), pointers);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.add(at.appendIndex(i));
            collect(node.get(i), at.appendIndex(i), pointers);
        }
    }

    private static JsonNode with(JsonNode sample, JsonPointer pointer, JsonNode value) {
        JsonNode changed = sample.deepCopy();
        JsonNode parent = changed.at(pointer.head());
        if (parent instanceof ArrayNode array) {
            array.set(pointer.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), value);
        }
        return changed;
    }

    private static JsonNode without(JsonNode sample, JsonPointer pointer) {
        JsonNode changed = sample.deepCopy();
        ((ObjectNode) changed.at(pointer.head())).remove(pointer.last().getMatchingProperty());
        return changed;
    }
}
