package io.mailflow.cli;

import io.mailflow.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices, in a loop that looks at the clock several times a second, that the whole process stood still: a machine
 * slept, or somebody stopped the process. The wall clock is asked, as others stand still with the machine.
 */
final class Standstill {

    /** Longer than any pause of a busy machine, shorter than what brokers wait for a consumer. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private Instant last;

    Standstill(Instant now) {
        last = now;
    }

    /** What to say if the process has just stood still. */
    Optional<String> look(Instant now) {
        Duration since = Duration.between(last, now);
        last = now;
        return since.compareTo(NOTICED) < 0
                ? Optional.empty()
                : Optional.of("This process stood still for " + DurationText.brief(since)
                        + ", as when a machine sleeps or a process is stopped; it goes on from where it was.");
    }
}
