package io.mailflow.reply;

import io.mailflow.schema.Destination;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Reads reply and last-error texts as Exchange writes them: plain SMTP replies, {@code [{LED=…};{MSG=…}]} containers,
 * lines of non-delivery reports. Every text gives a {@link Reply}, however cut, nested or hostile; only its first
 * {@value #LIMIT} characters are looked at.
 */
public final class ReplyParser {

    /** Longer than any real reply; services cut theirs far earlier. */
    static final int LIMIT = 8192;

    private ReplyParser() {}

    /** What the text says; never fails, in time linear in the length of the text. */
    public static Reply parse(String text) {
        String seen = text.length() > LIMIT ? text.substring(0, LIMIT) : text;
        Optional<Destination> destination = DestinationReader.read(seen);
        Optional<Code> first = firstCode(seen);
        if (first.isEmpty()) {
            Optional<String> cause = CauseReader.read(Fragments.withoutReply(seen));
            return new Reply(text, Reply.NONE, Optional.empty(), List.of(), cause, destination);
        }
        Code code = first.get();
        ReplyChain chain = ReplyChain.from(seen, code);
        // An accepted message has nothing that went wrong, whatever words its reply contains.
        Optional<String> cause = ReplyClass.of(code.text()) == ReplyClass.POSITIVE
                ? Optional.empty()
                : CauseReader.read(Fragments.of(seen, code, chain));
        return new Reply(text, code.text(), code.enhancedCode(), chain.texts(), cause, destination);
    }

    /** Every cause that can be read from a text; the catalogue answers each of them. */
    public static Set<String> causes() {
        return CauseReader.tokens();
    }

    /** Both codes count wherever they stand; half a code only where the text or its last error begins. */
    private static Optional<Code> firstCode(String text) {
        int head = Lead.end(text);
        int lastError = Lead.lastErrorValue(text);
        Matcher match = Code.matcher(text, 0);
        while (match.find()) {
            Code code = Code.found(match);
            if (code.isPair()) {
                return Optional.of(code);
            }
            if (code.start() == head || code.start() == lastError) {
                return Optional.of(code.enhanced() == null ? completed(text, code, match) : code);
            }
        }
        return Optional.empty();
    }

    /** In {@code 554-mx.contoso.com 554 5.7.1 Refused} the last line of the reply has the enhanced code of all. */
    private static Code completed(String text, Code first, Matcher match) {
        int wrapped = text.indexOf("->", first.end());
        while (match.find() && (wrapped < 0 || match.start() < wrapped)) {
            Code later = Code.found(match);
            if (later.isPair()) {
                return later.hasReplyCodeOf(first) ? first.withEnhanced(later.enhanced()) : first;
            }
        }
        return first;
    }
}
