package io.mailflow.cli;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Text of strangers in HTML and SVG. */
final class Html {

    /** In any of the languages: thousands are set off by commas, points or spaces that do not break. */
    private static final Predicate<String> NUMBER =
            Pattern.compile("[0-9]+([,.\u00a0\u202f][0-9]{3})*|–").asMatchPredicate();

    /** Up to so many characters stay in one line: times, codes, most servers. */
    private static final int SHORT = 24;

    private Html() {}

    /** As text or as the value of a quoted attribute; control characters become visible. */
    static String text(String text) {
        StringBuilder out = new StringBuilder();
        Printable.of(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** A table; columns of numbers are right-aligned, their heads with them. */
    static String table(List<String> head, List<List<String>> rows) {
        List<Boolean> numbers = IntStream.range(0, head.size())
                .mapToObj(column -> rows.stream().allMatch(cells -> NUMBER.test(cells.get(column))))
                .toList();
        StringBuilder out = new StringBuilder("<div class=\"wide\" tabindex=\"0\"><table><thead>");
        out.append(row("th", head, numbers, head)).append("</thead><tbody>\n");
        rows.forEach(cells -> out.append(row("td", cells, numbers, head)));
        return out.append("</tbody></table></div>\n").toString();
    }

    /** Cells know what they are by their own: on a phone a row is a list. */
    private static String row(String tag, List<String> cells, List<Boolean> numbers, List<String> head) {
        StringBuilder out = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String kind = numbers.get(i) ? " class=\"n\"" : cells.get(i).length() <= SHORT ? " class=\"s\"" : "";
            out.append('<')
                    .append(tag)
                    .append(kind)
                    .append(tag.equals("td") ? " data-label=\"" + text(head.get(i)) + "\"" : "")
                    .append('>')
                    .append(text(cells.get(i)))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        return out.append("</tr>\n").toString();
    }
}
