package io.mailflow.alerting;

import java.time.Instant;

/**
 * When attempts failed with one code.
 *
 * @param firstFailure first failure since the code was last quiet for {@code thresholds.resolveAfter}
 * @param lastFailure newest failure
 * @param attempts failed attempts since {@code firstFailure}, without those taken back
 */
public record CodeActivity(Instant firstFailure, Instant lastFailure, long attempts) {}
