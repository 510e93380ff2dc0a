package io.mailflow.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Durations as people write them, {@code 2d}, {@code 48h}, {@code 1h30m}, or as ISO 8601 does, {@code PT48H}. */
public final class DurationText {

    /** The forms there are, for help and messages. */
    public static final String FORMS = "such as 90m, 48h, 2d or PT48H";

    private static final Pattern WORDS = Pattern.compile("(?:(\\d{1,9}) ?(?:d|days?))? ?"
            + "(?:(\\d{1,9}) ?(?:h|hrs?|hours?))? ?"
            + "(?:(\\d{1,9}) ?(?:m|mins?|minutes?))? ?"
            + "(?:(\\d{1,9}) ?(?:s|secs?|seconds?))? ?"
            + "(?:(\\d{1,9}) ?ms)?");
    /** What the groups of {@link #WORDS} count, in their order. */
    private static final List<Duration> UNITS = List.of(
            Duration.ofDays(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(1));

    private static final List<String> SHORT = List.of("d", "h", "m", "s", "ms");

    private DurationText() {}

    /** What the text says, or nothing where it is none; a number without a unit is none. */
    public static Optional<Duration> read(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        Matcher words = WORDS.matcher(written);
        if (!written.isEmpty() && words.matches()) {
            return Optional.of(Stream.iterate(0, i -> i < UNITS.size(), i -> i + 1)
                    .filter(i -> words.group(i + 1) != null)
                    .map(i -> UNITS.get(i).multipliedBy(Long.parseLong(words.group(i + 1))))
                    .reduce(Duration.ZERO, Duration::plus));
        }
        try {
            return Optional.of(Duration.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** In its two largest units, for people: {@code 1d 23h}, {@code 12m 4s}; shorter than a second is {@code 0s}. */
    public static String brief(Duration duration) {
        StringBuilder text = new StringBuilder();
        Duration rest = duration;
        int units = 0;
        for (int i = 0; i < UNITS.size() - 1 && units < 2; i++) {
            long count = rest.dividedBy(UNITS.get(i));
            if (count > 0) {
                text.append(units == 0 ? "" : " ").append(count).append(SHORT.get(i));
                rest = rest.minus(UNITS.get(i).multipliedBy(count));
            }
            units += units > 0 || count > 0 ? 1 : 0;
        }
        return units == 0 ? "0s" : text.toString();
    }

    /** As it would be written in one unit: {@code 24h}, {@code 2d}, {@code 90m}; in ISO 8601 where none goes into it. */
    public static String of(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        for (int i = 0; i < UNITS.size(); i++) {
            Duration unit = UNITS.get(i);
            // A day may be told from 24 hours by a clock's change, two days seldom are.
            boolean fits = i > 0 || duration.compareTo(unit) > 0;
            long count = duration.dividedBy(unit);
            if (fits && count > 0 && unit.multipliedBy(count).equals(duration)) {
                return count + SHORT.get(i);
            }
        }
        return duration.toString();
    }
}
