package io.mailflow.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long something takes: {@code PT30M} at most, or {@code PT30M/PT1H} between.
 *
 * @param atLeast null where only the longest is known
 * @param atMost the longest
 */
record Span(@Nullable Duration atLeast, Duration atMost) {

    @JsonCreator
    static Span parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Span(null, Duration.parse(text))
                : new Span(Duration.parse(text.substring(0, slash)), Duration.parse(text.substring(slash + 1)));
    }

    @JsonValue
    @Override
    public String toString() {
        return atLeast == null ? atMost.toString() : atLeast + "/" + atMost;
    }
}
