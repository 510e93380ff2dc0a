package io.mailflow.simulate;

import org.jspecify.annotations.Nullable;

/** One CSV row in the making (RFC 4180): fields are quoted where they must be. */
final class CsvRow {

    private final StringBuilder text = new StringBuilder(2_048);
    private boolean first = true;

    /** Appends a field; null is an empty one. */
    CsvRow add(@Nullable String field) {
        if (!first) {
            text.append(',');
        }
        first = false;
        if (field == null) {
            return this;
        }
        if (mustBeQuoted(field)) {
            text.append('"').append(field.replace("\"", "\"\"")).append('"');
        } else {
            text.append(field);
        }
        return this;
    }

    /** Appends a number. */
    CsvRow add(long number) {
        return add(Long.toString(number));
    }

    /** Ends the row and gives its text with the line break; the next field begins a new row. */
    CharSequence end() {
        first = true;
        return text.append("\r\n");
    }

    /** Forgets the row that was ended. */
    void clear() {
        text.setLength(0);
    }

    private static boolean mustBeQuoted(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
