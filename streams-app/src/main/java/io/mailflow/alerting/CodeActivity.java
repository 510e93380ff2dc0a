package io.mailflow.alerting;

import java.time.Instant;

/**
 * When attempts failed with one code.
 *
 * @param firstFailure first failure since the code was last quiet for {@code thresholds.resolveAfter}
 * @param lastFailure newest failure
 */
public record CodeActivity(Instant firstFailure, Instant lastFailure) {}
