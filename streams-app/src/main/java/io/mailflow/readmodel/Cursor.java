package io.mailflow.readmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page ended, as text that only this class understands: the sort values of its last item. */
final class Cursor {

    private Cursor() {}

    static String of(Object... sortValues) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.MAPPER.writeValueAsBytes(sortValues));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws BadCursorException if it is not one of a list with such sort values; a number is a Long or Integer */
    static @Nullable Object[] read(String cursor, Class<?>... types) {
        try {
            List<?> values = Json.MAPPER.readValue(Base64.getUrlDecoder().decode(cursor), List.class);
            if (values.size() != types.length) {
                throw new BadCursorException();
            }
            for (int i = 0; i < types.length; i++) {
                if (!types[i].isInstance(values.get(i))) {
                    throw new BadCursorException();
                }
            }
            return values.toArray();
        } catch (IOException | IllegalArgumentException e) {
            throw new BadCursorException();
        }
    }
}
