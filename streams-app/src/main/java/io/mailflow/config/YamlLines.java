package io.mailflow.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A YAML document as dotted keys, each with the text of its value and the line it stands on: {@code a:} over
 * {@code b: 1} is the same as {@code a.b: 1}. A tree would lose the lines, and error messages need them.
 */
final class YamlLines {

    private static final YAMLFactory FACTORY = new YAMLMapper().getFactory();
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column");

    /** The text of one value as written, and its line counted from 1. */
    record Value(String text, int line) {}

    private YamlLines() {}

    /** The values of the document in their order; sections without content have none. */
    static Map<String, Value> read(String yaml, String file) {
        Map<String, Value> values = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(yaml)) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                return values;
            }
            if (first != JsonToken.START_OBJECT) {
                throw new ConfigException(
                        file + ": expected keys with values, such as \"kafka:\" with settings under it");
            }
            readSection(parser, "", file, values);
            if (parser.nextToken() != null) {
                throw new ConfigException(file + ": holds more than one YAML document; expected one");
            }
        } catch (JsonProcessingException e) {
            throw unreadable(file, e);
        } catch (IOException e) {
            throw new ConfigException(file + ": not readable as YAML: " + e.getMessage(), e);
        }
        return values;
    }

    private static void readSection(JsonParser parser, String path, String file, Map<String, Value> values)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                readSection(parser, key, file, values);
            } else if (token == JsonToken.START_ARRAY) {
                throw new ConfigException(
                        at(file, line) + ": the key " + key + " holds a list; expected one value or further keys");
            } else {
                String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
                Value earlier = values.putIfAbsent(key, new Value(text, line));
                if (earlier != null) {
                    throw new ConfigException(at(file, line) + ": the key " + key + " stands here again, after line "
                            + earlier.line() + "; expected once");
                }
            }
        }
    }

    static String at(String file, int line) {
        return file + ", line " + line;
    }

    private static ConfigException unreadable(String file, JsonProcessingException e) {
        // SnakeYAML tells where it was, what is wrong, and the place of each, on lines of their own.
        List<String> said = e.getOriginalMessage().lines().map(String::strip).toList();
        String problem = said.stream()
                .filter(line -> !line.startsWith("while ") && !line.startsWith("in "))
                .findFirst()
                .orElse("");
        String place = PLACE.matcher(e.getOriginalMessage())
                .results()
                .reduce((first, second) -> second)
                .map(match -> ", line " + match.group(1))
                .orElse("");
        return new ConfigException(file + place + ": not readable as YAML: " + problem, e);
    }
}
