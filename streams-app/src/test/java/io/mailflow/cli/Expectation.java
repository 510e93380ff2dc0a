package io.mailflow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares JSON with what was written by hand: every key that the expectation names must be there with that value, lists
 * must have the same elements in the same order, and null stands for a key that is null or absent.
 */
final class Expectation {

    private final List<String> differences = new ArrayList<>();

    private Expectation() {}

    /** Where {@code actual} differs, one line each; empty if it is as expected. */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        Expectation expectation = new Expectation();
        expectation.compare("", expected, actual);
        return expectation.differences;
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                compare(path + "/" + field.getKey(), field.getValue(), actual.path(field.getKey()));
            }
        } else if (expected.isArray() && actual.isArray()) {
            if (expected.size() != actual.size()) {
                differences.add(path + ": expected " + expected.size() + " elements, got " + actual.size() + ": "
                        + summary(actual));
            }
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                compare(path + "/" + i, expected.get(i), actual.get(i));
            }
        } else if (expected.isNull() ? !(actual.isNull() || actual.isMissingNode()) : !same(expected, actual)) {
            differences.add(path + ": expected " + expected + ", got " + actual);
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    /** The scalars of each element, enough to see which one is too many or too few. */
    private static String summary(JsonNode array) {
        List<String> elements = new ArrayList<>();
        for (JsonNode element : array) {
            List<String> scalars = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : element.properties()) {
                if (field.getValue().isValueNode()) {
                    scalars.add(field.getKey() + "=" + field.getValue().asText());
                }
            }
            elements.add(scalars.toString());
        }
        return String.join("\n      ", elements);
    }
}
