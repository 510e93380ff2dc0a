package io.mailflow.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of a JSON input for a reader that knows what one row means. */
final class JsonRows {

    /** Where a row that is broken by its neighbour can be cut from it. */
    private static final Pattern BETWEEN = Pattern.compile("\\}\\s*,\\s*\\{");

    private JsonRows() {}

    /** Knows what one row means. */
    @FunctionalInterface
    interface Meaning {
        TraceRow row(String raw, @Nullable String envelope, long number) throws JsonProcessingException, RowException;
    }

    /** Reads all. */
    static void each(Reader text, RowSink sink, Meaning meaning) throws IOException {
        JsonElements elements = new JsonElements(text);
        for (JsonElements.Element element = elements.next(); element != null; element = elements.next()) {
            if (element.broken() == null) {
                one(element.raw(), element, sink, meaning);
                continue;
            }
            pieces(element, element.broken(), sink, meaning);
        }
    }

    private static void one(String raw, JsonElements.Element element, RowSink sink, Meaning meaning)
            throws IOException {
        TraceRow row;
        try {
            row = meaning.row(raw, element.envelope(), element.number());
        } catch (RowException e) {
            sink.unreadable(element.number(), String.valueOf(e.getMessage()), raw);
            return;
        } catch (JsonProcessingException e) {
            if (BETWEEN.matcher(raw).find()) {
                pieces(element, Json.reason(e), sink, meaning);
            } else {
                sink.unreadable(element.number(), Json.reason(e), raw);
            }
            return;
        }
        sink.row(row);
    }

    private static void pieces(JsonElements.Element element, String why, RowSink sink, Meaning meaning)
            throws IOException {
        String[] pieces = BETWEEN.split(element.raw(), -1);
        for (int i = 0; i < pieces.length; i++) {
            String piece = (i > 0 ? "{" : "") + pieces[i] + (i < pieces.length - 1 ? "}" : "");
            TraceRow row;
            try {
                row = meaning.row(piece, element.envelope(), element.number());
            } catch (RowException e) {
                sink.unreadable(element.number(), String.valueOf(e.getMessage()), piece);
                continue;
            } catch (JsonProcessingException e) {
                sink.unreadable(element.number(), why, piece);
                continue;
            }
            sink.row(row);
        }
    }
}
