package io.mailflow.cli;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/** How many columns a terminal takes for a text, and where a text may be broken into lines. */
final class DisplayWidth {

    private DisplayWidth() {}

    /** Columns: two for a wide or full-width character, none for a combining one, else one. */
    static int of(String text) {
        return text.codePoints().map(DisplayWidth::columns).sum();
    }

    /** The text with blanks behind it up to a width. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** The text with blanks before it up to a width. */
    static String aligned(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    /** Lines of at most so many columns, broken where the language breaks lines; a word that is longer stays whole. */
    static List<String> lines(String text, int columns) {
        BreakIterator breaks = BreakIterator.getLineInstance(ULocale.ROOT);
        breaks.setText(text);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (insideWord(text, end)) {
                continue;
            }
            String part = text.substring(start, end);
            if (!line.isEmpty() && of(line + part.stripTrailing()) > columns) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(part);
            start = end;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** Addresses, commands and hyphenated words of a script with blanks stay whole. */
    private static boolean insideWord(String text, int at) {
        return at < text.length()
                && !Character.isWhitespace(text.codePointBefore(at))
                && columns(text.codePointBefore(at)) == 1
                && columns(text.codePointAt(at)) == 1;
    }

    private static int columns(int codePoint) {
        int type = UCharacter.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        int width = UCharacter.getIntPropertyValue(codePoint, UProperty.EAST_ASIAN_WIDTH);
        return width == EastAsianWidth.WIDE || width == EastAsianWidth.FULLWIDTH ? 2 : 1;
    }
}
