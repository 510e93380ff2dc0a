package io.mailflow.reply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a text that can tell a cause, innermost first. What stands later in such texts is what the earlier
 * parts pass on; host names, addresses and session ids are left out.
 */
final class Fragments {

    private static final Pattern MESSAGE = Pattern.compile("\\[\\s{0,3}Message\\s{0,3}=");
    private static final Pattern CONTAINER_MESSAGE = Pattern.compile("\\{\\s{0,3}MSG\\s{0,3}=([^}]*)");
    private static final Pattern ATTACHED_PARENTHESIS = Pattern.compile("(?<=[\\]\\p{Alpha}])\\(");
    private static final Pattern ARROW = Pattern.compile("->");
    private static final Pattern METADATA = Pattern.compile("\\[(?:LastAttempted\\w{1,20}|SmtpSecurity)\\s{0,3}="
            + "|\\{\\s{0,3}(?:FQDN|IP|LRT)\\s{0,3}=|OutboundProxyTarget");

    private final String text;
    private final int from;
    private final NavigableSet<Integer> metadata = new TreeSet<>();
    private final List<Fragment> found = new ArrayList<>();

    /**
     * One part.
     *
     * @param start where it stands
     * @param enhanced the enhanced code it speaks for, if it is a reply
     * @param words its words
     */
    record Fragment(int start, Optional<String> enhanced, String words) {}

    private Fragments(String text, int from) {
        this.text = text;
        this.from = from;
        Matcher matcher = METADATA.matcher(text);
        while (matcher.find()) {
            metadata.add(matcher.start());
        }
    }

    /** The parts of a text in which no reply was found. */
    static List<Fragment> withoutReply(String text) {
        Fragments fragments = new Fragments(text, 0);
        fragments.add(0, text.length());
        return fragments.innermostFirst();
    }

    /** The parts of a text whose replies are known. */
    static List<Fragment> of(String text, Code first, ReplyChain chain) {
        Fragments fragments = new Fragments(text, first.end());
        for (ReplyChain.Link link : chain.links()) {
            fragments.found.add(new Fragment(link.code().start(), link.code().enhancedCode(), link.text()));
        }
        return fragments.innermostFirst();
    }

    private List<Fragment> innermostFirst() {
        addEnclosed(MESSAGE, '[', ']');
        addEnclosed(ATTACHED_PARENTHESIS, '(', ')');
        Matcher container = CONTAINER_MESSAGE.matcher(text);
        for (int at = from; container.find(at); at = container.end()) {
            add(container.start(1), container.end());
        }
        addPassedOn();
        found.sort(Comparator.comparingInt(Fragment::start).reversed());
        return found;
    }

    /** What stands behind each arrow, up to the next. */
    private void addPassedOn() {
        Matcher arrow = ARROW.matcher(text);
        int start = -1;
        for (int at = from; arrow.find(at); at = arrow.end()) {
            if (start >= 0) {
                add(start, arrow.start());
            }
            start = arrow.end();
        }
        if (start >= 0) {
            add(start, text.length());
        }
    }

    /** Values between an opening and its closing character; the end of a text that is cut closes them. */
    private void addEnclosed(Pattern opening, char open, char close) {
        Matcher match = opening.matcher(text);
        int at = from;
        while (match.find(at)) {
            int end = closing(match.end(), open, close);
            add(match.end(), end);
            at = end;
        }
    }

    private int closing(int start, char open, char close) {
        int depth = 0;
        int limit = beforeMetadata(start, text.length());
        for (int at = start; at < limit; at++) {
            char here = text.charAt(at);
            if (here == open) {
                depth++;
            } else if (here == close && depth-- == 0) {
                return at;
            }
        }
        return limit;
    }

    private void add(int start, int end) {
        found.add(new Fragment(start, Optional.empty(), text.substring(start, beforeMetadata(start, end))));
    }

    private int beforeMetadata(int start, int end) {
        Integer next = metadata.ceiling(start);
        return next == null ? end : Math.min(next, end);
    }
}
