package io.mailflow.schema;

import java.time.Instant;

/**
 * The end of a finite input, written once to every source partition.
 *
 * @param at the final clock: everything is evaluated once more at this instant and every window becomes final
 */
public record EndOfInput(Instant at) implements TraceRecord {}
