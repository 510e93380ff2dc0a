package io.mailflow.reply;

import io.mailflow.schema.Destination;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a reply or last-error text says.
 *
 * @param text the text as given
 * @param code the first reply of the text: reply code and enhanced status code ({@code 450 4.4.316}), an enhanced code
 *     alone at the start ({@code 5.4.300}), a reply code alone where no enhanced code follows ({@code 421}), or
 *     {@link #NONE}
 * @param enhanced the enhanced status code of that reply (RFC 3463), if it has one
 * @param chain the reply and, outermost first, every reply it wraps
 * @param cause the catalogue's token for what the innermost part tells, such as {@code certificate-expired}
 * @param destination the server it was said by or about
 */
public record Reply(
        String text,
        String code,
        Optional<String> enhanced,
        List<String> chain,
        Optional<String> cause,
        Optional<Destination> destination) {

    /** The code of a failure that has no reply. */
    public static final String NONE = "none";

    /** Enhanced codes with which a server gives a message up because its lifetime ended. */
    private static final Set<String> EXPIRY =
            Set.of("4.4.7", "5.4.300", "5.4.312", "5.4.315", "5.4.316", "5.4.317", "5.4.318");

    public Reply {
        chain = List.copyOf(chain);
    }

    /** What the first reply means: accepted, refused for now, refused for good, or no reply at all. */
    public ReplyClass replyClass() {
        return ReplyClass.of(code);
    }

    /** Whether the first reply accepts the message, so that it is never a failure. */
    public boolean isPositive() {
        return replyClass() == ReplyClass.POSITIVE;
    }

    /** Whether the first reply says that the message expired, which is not another attempt. */
    public boolean isExpiry() {
        return enhanced.filter(Reply::isExpiry).isPresent();
    }

    /** Whether a server gives a message up with this enhanced code because its lifetime ended. */
    public static boolean isExpiry(String enhanced) {
        return EXPIRY.contains(enhanced);
    }
}
