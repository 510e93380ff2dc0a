package io.mailflow.format;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.mailflow.schema.MessageTraceEvent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows and lists in JSON: bounded, since anybody may have written them, and with names in any case. */
final class Json {

    /** Hostile input must not cost more memory than a row may have. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(100)
            .maxStringLength(JsonElements.MAX_CHARS)
            .maxNameLength(1_000)
            .build();

    /** Of a file's rows each is an event, whatever it says of its kind. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    private interface Plain {}

    static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .addModule(new JavaTimeModule())
            .addMixIn(MessageTraceEvent.class, Plain.class)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The fields of an object by their names in lower case; of any other node none. */
    static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new HashMap<>();
        object.properties()
                .forEach(field -> fields.putIfAbsent(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        return fields;
    }

    /** The text of the first of these fields that has one. */
    static @Nullable String text(Map<String, JsonNode> fields, String... names) {
        for (String name : names) {
            String text = text(fields.get(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isObject()) {
            return text(node.get("value")); // PowerShell 5.1 wraps dates: {"value":"/Date(…)/","DateTime":…}.
        }
        return node.isValueNode() ? Identities.present(node.asText()) : null;
    }

    /** Why Jackson refused a text, in one line: of the text no more than the value that is wrong. */
    static String reason(JsonProcessingException e) {
        if (e instanceof InvalidFormatException wrong && !wrong.getPath().isEmpty()) {
            String field = wrong.getPath().get(wrong.getPath().size() - 1).getFieldName();
            return "its " + field + " cannot be used: " + bounded(String.valueOf(wrong.getValue()));
        }
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return "it is not valid JSON: " + bounded(line);
    }

    private static String bounded(String text) {
        return text.length() > 200 ? text.substring(0, 200) + '…' : text;
    }
}
