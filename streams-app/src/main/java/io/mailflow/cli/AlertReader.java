package io.mailflow.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.format.InputException;
import io.mailflow.schema.Alert;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Alert records in JSON as they come: one after another as on the topic, in an array, or in an object that holds such an
 * array, as {@code analyze --json} and the query API write it.
 */
final class AlertReader {

    private static final String EXPECTED =
            "expected alerts in JSON: records of mailflow.alerts, or what analyze --json or /api/v1/alerts gives";

    /** Where objects that are no alerts hold them: {@code analyze --json} and the query API. */
    private static final List<String> ENVELOPES = List.of("alerts", "items");

    /** Characters that are shown of what is no alert. */
    private static final int LONGEST = 40;

    private AlertReader() {}

    /**
     * Hands over each alert as soon as it is read.
     *
     * @param name of the input, for messages
     * @throws InputException if something in it is no alert; names the line where that begins
     */
    static void each(Reader in, String name, Consumer<Alert> taker) throws IOException {
        JsonLocation at = JsonLocation.NA;
        try (JsonParser parser = Json.MAPPER.createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                at = parser.currentTokenLocation();
                switch (token) {
                    case START_OBJECT -> object(parser.readValueAsTree(), taker);
                    case START_ARRAY, END_ARRAY, VALUE_NULL -> {
                        // What stands in an array comes next; null is what the topics hold for what is gone.
                    }
                    default ->
                        throw new InputException(where(name, at) + EXPECTED + ", found "
                                + Printable.brief(parser.getText(), LONGEST) + ".");
                }
            }
        } catch (JsonProcessingException broken) {
            throw new InputException(broken(name, at, broken), broken);
        } catch (NoAlertException none) {
            throw new InputException(where(name, at) + EXPECTED + ", found JSON that is none.", none);
        }
    }

    private static void object(JsonNode object, Consumer<Alert> taker)
            throws JsonProcessingException, NoAlertException {
        for (String envelope : ENVELOPES) {
            if (object.path(envelope).isArray()) {
                for (JsonNode alert : object.path(envelope)) {
                    taker.accept(alert(alert));
                }
                return;
            }
        }
        taker.accept(alert(object));
    }

    private static Alert alert(JsonNode json) throws JsonProcessingException, NoAlertException {
        Alert alert = Json.MAPPER.treeToValue(json, Alert.class);
        boolean whole = alert != null
                && Stream.of(
                                alert.id(),
                                alert.tenant(),
                                alert.connector(),
                                alert.code(),
                                alert.state(),
                                alert.severity(),
                                alert.reasons(),
                                alert.publication(),
                                alert.since(),
                                alert.openedAt(),
                                alert.changedAt(),
                                alert.evidence(),
                                alert.remediation())
                        .allMatch(Objects::nonNull);
        if (!whole) {
            throw new NoAlertException();
        }
        return alert;
    }

    /** Where it is broken, and for what was read whole where it begins. */
    private static String broken(String name, JsonLocation begin, JsonProcessingException broken) {
        if (broken instanceof JsonEOFException) {
            return where(name, begin) + EXPECTED + ", found one that breaks off.";
        }
        if (broken instanceof JsonMappingException shape && !shape.getPath().isEmpty()) {
            return where(name, begin) + EXPECTED + ", found one whose "
                    + shape.getPath().get(0).getFieldName() + " cannot be read.";
        }
        JsonLocation place = broken.getLocation();
        // What is no alert as a whole has no place of its own.
        return place == null || place.getLineNr() < 1
                ? where(name, begin) + EXPECTED + ", found JSON that is none."
                : where(name, place) + EXPECTED + ", found no JSON.";
    }

    private static String where(String name, JsonLocation at) {
        return name + ", line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    private static final class NoAlertException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
