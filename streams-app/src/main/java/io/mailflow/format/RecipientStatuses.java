package io.mailflow.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code recipient-status}, one per recipient. They are joined with {@code ;} and hold {@code ;}
 * themselves: a value ends at a {@code ;} outside brackets, and only where the next piece starts like a value.
 */
final class RecipientStatuses {

    private static final Pattern VALUE_START =
            Pattern.compile("^\\s*(?:[2-5]\\d\\d(?:[ \\-]|$)|[\\[{]|Reason:|Defer:)", Pattern.CASE_INSENSITIVE);
    /** What starts a value even where the brackets before it were cut off. */
    private static final Pattern CONTAINER_START =
            Pattern.compile("^\\s*(?:\\{?\\[\\s*\\{\\s*(?:LED|LRT)=|Reason:|Defer:)", Pattern.CASE_INSENSITIVE);

    private static final Set<String> ROLES = Set.of("To", "Cc", "Bcc");

    private RecipientStatuses() {}

    /**
     * One status per recipient, null where there is none. An only recipient has all of the text; with fewer values than
     * recipients the last one serves the rest; {@code To}, {@code Cc} and {@code Bcc} are roles, not statuses.
     */
    static List<@Nullable String> of(String text, int recipients) {
        List<@Nullable String> values = new ArrayList<>();
        if (!text.isBlank()) {
            for (String value : recipients == 1 ? List.of(trimmed(text)) : split(text)) {
                values.add(ROLES.contains(value.strip()) ? null : ReplyText.bounded(value));
            }
        }
        if (values.isEmpty()) {
            values.add(null);
        }
        if (values.size() < recipients) {
            values.addAll(Collections.nCopies(recipients - values.size(), values.get(values.size() - 1)));
        }
        return values;
    }

    private static List<String> split(String text) {
        if (text.indexOf(';') < 0) {
            return List.of(text);
        }
        List<StringBuilder> values = new ArrayList<>();
        int start = 0;
        OpenBrackets open = new OpenBrackets();
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            switch (end ? ';' : text.charAt(i)) {
                case '[' -> open.open('[');
                case '{' -> open.open('{');
                case ']' -> open.close('[');
                case '}' -> open.close('{');
                case ';' -> {
                    if (!end && !open.isEmpty()) {
                        if (!CONTAINER_START
                                .matcher(text)
                                .region(i + 1, text.length())
                                .find()) {
                            continue;
                        }
                        open.clear(); // The container before it was cut off.
                    }
                    add(values, text.substring(start, i));
                    start = i + 1;
                }
                default -> {}
            }
        }
        return values.stream().map(RecipientStatuses::trimmed).toList();
    }

    private static void add(List<StringBuilder> values, String piece) {
        if (values.isEmpty() || VALUE_START.matcher(piece).find() || ROLES.contains(piece.strip())) {
            values.add(new StringBuilder(piece));
        } else {
            values.get(values.size() - 1).append(';').append(piece);
        }
    }

    private static String trimmed(CharSequence value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ';') {
            end--;
        }
        return value.subSequence(0, end).toString();
    }
}
