package io.mailflow.catalogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scalars of a YAML file by dotted key, each with its line. */
final class FlatYaml {

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A scalar and the line on which it stands, from 1. */
    record Scalar(String text, int line) {}

    /**
     * A file read.
     *
     * @param scalars by dotted key; items of a list have their index as name
     * @param lines of every key, sections included
     */
    record Content(Map<String, Scalar> scalars, Map<String, Integer> lines) {}

    private FlatYaml() {}

    /** Reads; the name is for errors. */
    static Content read(String file, String yaml) {
        Map<String, Scalar> scalars = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        Deque<String> prefixes = new ArrayDeque<>();
        Deque<Integer> indexes = new ArrayDeque<>();
        String key = "";
        try (JsonParser parser = YAML.createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                if (token == JsonToken.FIELD_NAME) {
                    key = prefixes.getLast() + parser.currentName();
                    lines.put(key, line);
                    continue;
                }
                if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    prefixes.removeLast();
                    indexes.removeLast();
                    continue;
                }
                if (!indexes.isEmpty() && indexes.getLast() >= 0) {
                    int index = indexes.removeLast();
                    indexes.addLast(index + 1);
                    key = prefixes.getLast() + index;
                    lines.put(key, line);
                }
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    prefixes.addLast(key.isEmpty() ? "" : key + ".");
                    indexes.addLast(token == JsonToken.START_ARRAY ? 0 : -1);
                } else {
                    scalars.put(key, new Scalar(parser.getText(), line));
                }
            }
        } catch (JsonProcessingException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            throw new CatalogueException(
                    new Problem(
                                    file,
                                    line,
                                    "is not valid YAML: "
                                            + broken.getOriginalMessage().replaceAll("\\s+", " "))
                            .toString(),
                    broken);
        } catch (IOException unreadable) {
            throw new CatalogueException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return new Content(scalars, lines);
    }
}
