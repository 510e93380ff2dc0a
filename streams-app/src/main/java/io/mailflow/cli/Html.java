package io.mailflow.cli;

import java.util.List;

/** Text of strangers in HTML and SVG. */
final class Html {

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

    /** A row of a table: the first cells are text, numbers are right-aligned. */
    static String row(String tag, List<String> cells) {
        StringBuilder out = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean number = i > 0 && (tag.equals("th") || cell.matches("[0-9][0-9,.\u00a0\u202f ]*%?|–"));
            out.append('<').append(tag).append(number ? " class=\"n\">" : ">");
            out.append(text(cell)).append("</").append(tag).append('>');
        }
        return out.append("</tr>\n").toString();
    }

    static String table(List<String> head, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=\"wide\"><table><thead>");
        out.append(row("th", head)).append("</thead><tbody>\n");
        rows.forEach(cells -> out.append(row("td", cells)));
        return out.append("</tbody></table></div>\n").toString();
    }
}
