package io.mailflow.readmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records as JSON in a column. */
final class JsonText {

    private JsonText() {}

    static String of(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) throws IOException {
        return Json.MAPPER.readValue(json, type);
    }
}
