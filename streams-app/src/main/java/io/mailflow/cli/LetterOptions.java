package io.mailflow.cli;

import io.mailflow.ingest.LetterFilter;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Redrive.Place;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters are meant ({@code @Mixin}). */
final class LetterOptions {

    private static final Pattern ID = Pattern.compile("(?:(.+)-)?(\\d{1,9})-(\\d{1,18})");

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Only letters whose reason holds this text, in any case.")
    private @Nullable String reason;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Only letters put aside then or later.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Only letters put aside before.")
    private @Nullable Instant to;

    /** The filter for these and for the letters named, all if none is. */
    LetterFilter filter(List<String> ids) {
        Set<Place> places = new LinkedHashSet<>();
        ids.forEach(id -> places.add(place(id)));
        return new LetterFilter(
                places, Optional.ofNullable(reason), Optional.ofNullable(from), Optional.ofNullable(to));
    }

    /**
     * The place that an id names: {@code topic-partition-offset}, or {@code partition-offset} on the dead letters.
     *
     * @throws TypeConversionException if it is none
     */
    static Place place(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + Printable.brief(id, 100)
                    + "' is not the id of a letter; expected one such as " + Topics.DEAD_LETTERS + "-0-17.");
        }
        String topic = matcher.group(1) == null ? Topics.DEAD_LETTERS : matcher.group(1);
        if (!topic.equals(Topics.DEAD_LETTERS) && !topic.equals(Topics.LATE_EVENTS)) {
            throw new TypeConversionException("'" + Printable.brief(id, 100) + "' is not on " + Topics.DEAD_LETTERS
                    + " or " + Topics.LATE_EVENTS + ".");
        }
        return new Place(topic, Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }
}
