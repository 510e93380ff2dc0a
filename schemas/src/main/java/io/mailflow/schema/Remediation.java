package io.mailflow.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a failure, rendered for reading from the catalogue.
 *
 * @param entry id of the catalogue entry
 * @param cause id of the cause the evidence names, or null if it names none
 * @param owner who must act
 * @param title what is wrong, in one line
 * @param causes likely causes, likeliest first
 * @param steps what to do, in order
 * @param takesEffect how long a change needs until mail flows, or null
 * @param verify how to see that it is mended
 */
public record Remediation(
        String entry,
        @Nullable String cause,
        Owner owner,
        String title,
        List<String> causes,
        List<Step> steps,
        @Nullable String takesEffect,
        String verify) {

    /**
     * One step.
     *
     * @param text what to do
     * @param command the exact command to run, or null where there is none
     */
    public record Step(String text, @Nullable String command) {}
}
