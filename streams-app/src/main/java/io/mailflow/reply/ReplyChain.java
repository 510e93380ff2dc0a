package io.mailflow.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first reply of a text and the replies it wraps, outermost first: behind {@code ->}, in {@code [Message=…]}, in
 * parentheses, in quotes.
 *
 * @param links the replies with the places where they stand
 */
record ReplyChain(List<Link> links) {

    /** Deeper nesting than any server writes; the rest of such a text is left unread. */
    private static final int MAX_LINKS = 16;

    /** {@code [Message=…]}, {@code [LastAttemptedIP=…]}, {@code [server 2026-01-05T08:00:00Z session]}. */
    private static final Pattern ANNOTATION =
            Pattern.compile("\\[\\s{0,3}(?:[A-Za-z]\\w{0,40}\\s{0,3}=|[\\w.-]{1,255} \\d{4}-)");

    /**
     * One reply.
     *
     * @param code its code
     * @param place what stands before it
     * @param end index behind its own words, before anything it wraps
     * @param text code and own words, blanks collapsed
     */
    record Link(Code code, Place place, int end, String text) {}

    static ReplyChain from(String text, Code first) {
        List<Code> codes = codes(text, first);
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            int limit = i + 1 < codes.size() ? codes.get(i + 1).start() : text.length();
            links.add(link(text, codes.get(i), limit));
        }
        return new ReplyChain(links);
    }

    /** The replies' texts; one that {@code [Message=…]} and parentheses both quote appears once. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Link link : links) {
            if (texts.stream().noneMatch(earlier -> repeats(earlier, link))) {
                texts.add(link.text());
            }
        }
        return texts;
    }

    private static boolean repeats(String earlier, Link link) {
        if (earlier.equals(link.text())) {
            return true;
        }
        // Either copy may be cut. What an arrow passes on is a reply of its own.
        return link.place() != Place.ARROW
                && earlier.startsWith(link.code().text())
                && (earlier.startsWith(link.text()) || link.text().startsWith(earlier));
    }

    private static List<Code> codes(String text, Code first) {
        List<Code> codes = new ArrayList<>(List.of(first));
        Set<String> known = new HashSet<>(Set.of(first.text()));
        Matcher match = Code.matcher(text, first.end());
        while (codes.size() < MAX_LINKS && match.find()) {
            Code code = Code.found(match);
            Code last = codes.get(codes.size() - 1);
            if (begins(text, code, last, known)) {
                codes.add(code);
                known.add(code.text());
            }
        }
        return codes;
    }

    private static boolean begins(String text, Code code, Code last, Set<String> known) {
        Place place = Place.before(text, code.start());
        if (!code.isPair()) {
            return place.holdsShortCode(text, code.start());
        }
        if (place != Place.TEXT) {
            return true;
        }
        boolean nextLine = last.continued() && code.hasReplyCodeOf(last);
        return !nextLine && !known.contains(code.text());
    }

    private static Link link(String text, Code code, int limit) {
        Place place = Place.before(text, code.start());
        char quote = place == Place.QUOTE ? quoteBefore(text, code.start()) : 0;
        int from = code.end();
        while (from < limit && (text.charAt(from) == '-' || (quote != 0 && text.charAt(from) == quote))) {
            from++;
        }
        int end = endOfWords(text, from, limit, quote);
        String words = tidy(text.substring(from, end));
        return new Link(code, place, end, words.isEmpty() ? code.text() : code.text() + " " + words);
    }

    private static char quoteBefore(String text, int index) {
        int at = index - 1;
        while (Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return text.charAt(at);
    }

    private static int endOfWords(String text, int from, int limit, char quote) {
        Matcher annotation = ANNOTATION.matcher(text);
        int brackets = 0;
        int parentheses = 0;
        for (int at = from; at < limit; at++) {
            char here = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (quote != 0 && here == quote && !Character.isLetterOrDigit(next)) {
                return at;
            }
            switch (here) {
                case '-' -> {
                    if (next == '>') {
                        return at;
                    }
                }
                case '[' -> {
                    annotation.region(at, text.length());
                    if (annotation.lookingAt()) {
                        return at;
                    }
                    brackets++;
                }
                case ']' -> {
                    if (brackets-- == 0) {
                        return at;
                    }
                }
                case '(' -> parentheses++;
                case ')' -> {
                    if (parentheses-- == 0) {
                        return at;
                    }
                }
                case '}' -> {
                    if (next == ';' || next == ']' || Character.isWhitespace(next)) {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return limit;
    }

    private static String tidy(String words) {
        return words.replaceAll("[\\s\\u00a0]+", " ")
                .replaceAll("^[ :]+", "")
                .replaceAll("(?<![\\[ :(\"'#])[\\[ :(\"'#]+$", "");
    }
}
