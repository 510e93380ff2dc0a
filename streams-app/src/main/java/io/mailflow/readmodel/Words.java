package io.mailflow.readmodel;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mailflow.serde.Json;

/** The words that JSON has for an enum's constants. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return Json.MAPPER.<TextNode>valueToTree(constant).textValue();
    }

    static <E extends Enum<E>> E read(String word, Class<E> type) {
        return Json.MAPPER.convertValue(word, type);
    }
}
