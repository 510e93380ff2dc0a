package io.mailflow.web;

import io.mailflow.readmodel.Period;
import io.mailflow.readmodel.Periods;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters {@code size}, {@code from} and {@code to}. */
final class PeriodParameters {

    private static final Map<Duration, Duration> DEFAULT_LENGTHS = Map.of(
            Duration.ofMinutes(5), Duration.ofHours(6),
            Duration.ofHours(1), Duration.ofDays(7),
            Duration.ofDays(1), Duration.ofDays(90));

    private PeriodParameters() {}

    /**
     * The period asked for.
     *
     * @param asOf how far everything was read, null before the first
     * @param byDefault the size if none is given
     * @param sizes every size there is
     */
    static Period read(Parameters parameters, @Nullable Instant asOf, Duration byDefault, Duration... sizes) {
        Map<String, Duration> words = new LinkedHashMap<>();
        for (Duration size : sizes) {
            words.put(size.toString(), size);
        }
        Duration size = parameters.oneOf("size", words, byDefault);
        Instant to = parameters.instant("to");
        if (to == null) {
            to = Periods.floor(asOf == null ? Instant.EPOCH : asOf, size).plus(size);
        }
        Instant from = parameters.instant("from");
        if (from == null) {
            from = to.minus(DEFAULT_LENGTHS.getOrDefault(size, size));
        }
        if (!from.isBefore(to)) {
            throw ProblemException.parameter("from", from.toString(), "an instant before \"to\", which is " + to);
        }
        return new Period(size, from, to);
    }
}
