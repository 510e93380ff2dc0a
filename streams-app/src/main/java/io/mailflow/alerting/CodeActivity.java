package io.mailflow.alerting;

import java.time.Instant;
import java.util.Optional;

/**
 * When attempts failed with one code. The runs of failures are looked up only when they are asked for: a run is every
 * failure since the code was last quiet for {@code thresholds.resolveAfter}.
 */
public interface CodeActivity {

    /** Newest failure that stands; empty if none does. */
    Optional<Instant> lastFailure();

    /** Newest failure that was ever counted, taken back or not. */
    Instant lastCounted();

    /** First failure of the newest run of failures that stand; empty if none stands. */
    Optional<Instant> firstFailure();

    /** First failure of the newest run of failures ever counted, if all of them were taken back. */
    Optional<Instant> takenBackSince();
}
