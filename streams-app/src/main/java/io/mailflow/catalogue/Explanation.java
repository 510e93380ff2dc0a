package io.mailflow.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reply text says and what to do about it; its JSON is what {@code explain --json} prints for each text.
 *
 * @param text the text as given
 * @param code the first reply of the text, or {@code none}
 * @param enhanced its enhanced status code, or null
 * @param chain the reply and, outermost first, every reply it wraps
 * @param cause the token for what the innermost part tells, or null
 * @param destination the server, or null if the text names none
 * @param owner who must act
 * @param entry id of the catalogue entry
 * @param title what is wrong, in one line
 * @param causes likely causes, likeliest first
 * @param steps what to do, in order
 * @param verify how to see that it is mended
 * @param explanation what the code means, in a sentence
 * @param takesEffect how long a change needs until mail flows, in words, or null
 * @param giveUp when to stop trying and what to do then
 * @param language BCP 47 tag of the texts
 * @param ranking why {@code causes} stand in their order
 * @param links pages to read on
 * @param parameters what fills the texts, by name
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
    "text",
    "code",
    "enhanced",
    "chain",
    "cause",
    "destination",
    "owner",
    "entry",
    "title",
    "causes",
    "steps",
    "verify",
    "explanation",
    "takesEffect",
    "giveUp",
    "language",
    "ranking",
    "links",
    "parameters"
})
public record Explanation(
        String text,
        String code,
        @Nullable String enhanced,
        List<String> chain,
        @Nullable String cause,
        @Nullable Destination destination,
        Owner owner,
        String entry,
        String title,
        List<String> causes,
        List<Remediation.Step> steps,
        String verify,
        String explanation,
        @Nullable String takesEffect,
        String giveUp,
        String language,
        List<Remediation.RankedCause> ranking,
        List<String> links,
        Map<String, String> parameters) {

    /** Reads the text and looks it up, in a language of the catalogue. */
    public static Explanation of(String text, Catalogue catalogue, String language) {
        Reply reply = ReplyParser.parse(text);
        Remediation remedy = catalogue.remedy(Situation.of(reply), language);
        return new Explanation(
                text,
                reply.code(),
                reply.enhanced().orElse(null),
                reply.chain(),
                reply.cause().orElse(null),
                reply.destination().orElse(null),
                remedy.owner(),
                remedy.entry(),
                remedy.title(),
                remedy.causes(),
                remedy.steps(),
                remedy.verify(),
                remedy.explanation(),
                remedy.takesEffect(),
                remedy.giveUp(),
                remedy.language(),
                remedy.ranking(),
                remedy.links(),
                remedy.parameters());
    }
}
