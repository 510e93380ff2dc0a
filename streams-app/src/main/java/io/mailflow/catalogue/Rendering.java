package io.mailflow.catalogue;

import io.mailflow.reply.Reply;
import io.mailflow.schema.Remediation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a remedy into the words of a language. */
final class Rendering {

    private final Structure structure;
    private final Texts texts;
    private final Quantities quantities;

    Rendering(Structure structure, Texts texts) {
        this.structure = structure;
        this.texts = texts;
        this.quantities = new Quantities(texts);
    }

    /** All of it. */
    Remediation remediation(
            String entry,
            @Nullable String cause,
            Remedy remedy,
            List<Remediation.RankedCause> ranking,
            Map<String, String> facts) {
        Map<String, String> shown = Facts.shown(facts, texts);
        List<Remediation.RankedCause> known = ranking.stream()
                .filter(likely -> structure.all().likely().containsKey(likely.id()))
                .toList();
        return new Remediation(
                entry,
                cause,
                remedy.owner(),
                title(remedy, facts, shown),
                known.stream()
                        .map(likely -> texts.text("likely." + likely.id(), shown))
                        .toList(),
                remedy.steps().stream().map(step -> step(step, remedy, shown)).toList(),
                takesEffect(remedy.takesEffect()),
                texts.text("verify." + remedy.verify(), shown),
                texts.text("entries." + entry + ".explanation", shown),
                texts.text("giveUp." + remedy.giveUp(), shown),
                texts.language(),
                known,
                remedy.links(),
                facts);
    }

    /** Titles end with the code in brackets, where there is one. */
    private String title(Remedy remedy, Map<String, String> facts, Map<String, String> shown) {
        String title = capitalised(texts.text(remedy.titleKey(), shown), shown);
        return Reply.NONE.equals(facts.get("code")) ? Title.withoutCode(title, shown.getOrDefault("code", "")) : title;
    }

    /** A title may begin with the words for an unknown server; a server's own name stays as it is. */
    private static String capitalised(String title, Map<String, String> shown) {
        boolean unknown = shown.getOrDefault("host", "").startsWith("<")
                && title.startsWith(shown.getOrDefault("destination", "<"));
        return unknown ? title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1) : title;
    }

    private Remediation.Step step(Remedy.PlacedStep placed, Remedy remedy, Map<String, String> shown) {
        Step step = placed.step();
        Optional<String> command = step.command(remedy.platform()).map(line -> line.fill(shown));
        return new Remediation.Step(
                texts.text(placed.textKey(), shown),
                command.orElse(null),
                placed.id(),
                step.who(),
                Optional.ofNullable(step.takesEffect()).map(Span::atMost).orElse(null));
    }

    private @Nullable String takesEffect(@Nullable Span span) {
        if (span == null) {
            return null;
        }
        Duration atLeast = span.atLeast();
        return atLeast == null
                ? texts.text("alert.takes-effect", Map.of("duration", quantities.words(span.atMost())))
                : texts.text(
                        "alert.takes-effect-between",
                        Map.of("from", quantities.words(atLeast), "to", quantities.words(span.atMost())));
    }
}
