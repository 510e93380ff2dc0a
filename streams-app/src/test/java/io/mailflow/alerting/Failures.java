package io.mailflow.alerting;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of failures, as a test tells it.
 *
 * @param first first failure
 * @param lastCounted newest failure
 * @param attempts failed attempts, without those taken back
 */
record Failures(Instant first, Instant lastCounted, long attempts) implements CodeActivity {

    @Override
    public Optional<Instant> lastFailure() {
        return attempts > 0 ? Optional.of(lastCounted) : Optional.empty();
    }

    @Override
    public Optional<Instant> firstFailure() {
        return attempts > 0 ? Optional.of(first) : Optional.empty();
    }

    @Override
    public Optional<Instant> takenBackSince() {
        return attempts > 0 ? Optional.empty() : Optional.of(first);
    }
}
