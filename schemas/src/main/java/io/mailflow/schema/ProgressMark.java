package io.mailflow.schema;

import java.time.Instant;

/**
 * The writer of a source partition says how far it has come, so that a quiet partition holds nothing up.
 *
 * @param progress no event older than this follows from this writer, apart from late ones
 */
public record ProgressMark(Instant progress) implements TraceRecord {}
