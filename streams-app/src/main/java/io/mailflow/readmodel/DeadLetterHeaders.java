package io.mailflow.readmodel;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What the headers of a dead letter tell, see the AsyncAPI document. Texts are shortened and lose everything that looks
 * like an address.
 */
record DeadLetterHeaders(String kind, String reason, String place) {

    private static final int LONGEST = 300;
    private static final int LOOKED_AT = 4_000;
    private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+");
    private static final String INGEST = "mailflow.error.";
    private static final String STREAM = "__streams.errors.";

    static DeadLetterHeaders of(ConsumerRecord<?, ?> letter) {
        String row = text(letter, INGEST + "reason");
        if (!row.isEmpty()) {
            String line = text(letter, INGEST + "line");
            return new DeadLetterHeaders("unreadable-row", row, text(letter, INGEST + "file") + ", line " + line);
        }
        String exception = text(letter, STREAM + "exception");
        String simple = exception.substring(exception.lastIndexOf('.') + 1);
        String message = text(letter, STREAM + "message");
        return new DeadLetterHeaders(
                simple.isEmpty() ? "unknown" : simple,
                message.isEmpty() ? simple : message,
                text(letter, STREAM + "topic") + " partition " + text(letter, STREAM + "partition") + " offset "
                        + text(letter, STREAM + "offset"));
    }

    private static String text(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return "";
        }
        // Cut before it is searched, as the search takes the square of a long word's length; what is cut off an address
        // lies far behind what is shown.
        byte[] bytes = header.value();
        String beginning = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8);
        String text = ADDRESS.matcher(beginning).replaceAll("…");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
