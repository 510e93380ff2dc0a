package io.mailflow.ingest;

import io.mailflow.schema.Redrive.Place;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters somebody means.
 *
 * @param ids these, or all where it is empty
 * @param reason those whose reason holds this text, in any case
 * @param from those put aside then or later
 * @param to those put aside before
 */
public record LetterFilter(Set<Place> ids, Optional<String> reason, Optional<Instant> from, Optional<Instant> to) {

    /** Every letter. */
    public static final LetterFilter ALL =
            new LetterFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public LetterFilter {
        ids = Set.copyOf(ids);
    }

    /** Whether this one is meant. */
    public boolean matches(DeadLetter letter) {
        return (ids.isEmpty() || ids.contains(letter.place()))
                && reason.map(text -> letter.reason().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true)
                && from.map(instant -> !letter.arrived().isBefore(instant)).orElse(true)
                && to.map(instant -> letter.arrived().isBefore(instant)).orElse(true);
    }
}
