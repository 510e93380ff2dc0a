package io.mailflow.schema;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a failure, rendered for reading from the catalogue. Its ids and parameters are enough to render it
 * again in another language.
 *
 * @param entry id of the catalogue entry that answers the code
 * @param cause id of the cause the evidence names, or null if it names none
 * @param owner who must act
 * @param title what is wrong, in one line
 * @param causes what may lie behind it in words, likeliest first; as many as {@code ranking}, in its order
 * @param steps what to do, in order
 * @param takesEffect how long a change needs until mail flows, in words, or null
 * @param verify how to see that it is mended
 * @param explanation what the code means, in a sentence; empty in records of earlier versions
 * @param giveUp when to stop trying and what to do then; empty in records of earlier versions
 * @param language BCP 47 tag of the texts
 * @param ranking why {@code causes} stand in their order
 * @param links pages to read on
 * @param parameters what fills the texts and decides between them, by name, independent of language: instants are ISO
 *     8601, {@code relation} and {@code platform} as in the registry
 */
public record Remediation(
        String entry,
        @Nullable String cause,
        Owner owner,
        String title,
        List<String> causes,
        List<Step> steps,
        @Nullable String takesEffect,
        String verify,
        String explanation,
        String giveUp,
        String language,
        List<RankedCause> ranking,
        List<String> links,
        Map<String, String> parameters) {

    private static final String ENGLISH = "en";

    public Remediation {
        explanation = explanation == null ? "" : explanation;
        giveUp = giveUp == null ? "" : giveUp;
        language = language == null ? ENGLISH : language;
        ranking = ranking == null ? List.of() : List.copyOf(ranking);
        links = links == null ? List.of() : List.copyOf(links);
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Without what later versions added. */
    public Remediation(
            String entry,
            @Nullable String cause,
            Owner owner,
            String title,
            List<String> causes,
            List<Step> steps,
            @Nullable String takesEffect,
            String verify) {
        this(
                entry,
                cause,
                owner,
                title,
                causes,
                steps,
                takesEffect,
                verify,
                "",
                "",
                ENGLISH,
                List.of(),
                List.of(),
                Map.of());
    }

    /**
     * One step.
     *
     * @param text what to do
     * @param command the exact command to run, or null where there is none
     * @param id its id in the catalogue, or null in records of earlier versions
     * @param owner who takes it, or null where it is whoever must act on the whole
     * @param takesEffect after how long it shows, or null where it changes nothing or nothing is known
     */
    public record Step(
            String text,
            @Nullable String command,
            @Nullable String id,
            @Nullable Owner owner,
            @Nullable Duration takesEffect) {

        /** A step of which only the words are known. */
        public Step(String text, @Nullable String command) {
            this(text, command, null, null, null);
        }
    }

    /**
     * What may lie behind the failure.
     *
     * @param id its id in the catalogue
     * @param cause the cause it explains, or null where it belongs to the code
     * @param share the share of the failing attempts whose reply named that cause, above 0 up to 1, or null where no
     *     reply named one
     * @param clues what else speaks for it, such as {@code sudden} or {@code all-destinations}
     */
    public record RankedCause(
            String id, @Nullable String cause, @Nullable Double share, List<String> clues) {
        public RankedCause {
            clues = clues == null ? List.of() : List.copyOf(clues);
        }
    }
}
