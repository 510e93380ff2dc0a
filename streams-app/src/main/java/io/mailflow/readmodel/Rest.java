package io.mailflow.readmodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sums over the connectors that are not among the most urgent ones. */
public record Rest(
        long connectors,
        long recipients,
        long expired,
        @Nullable Instant oldestSince,
        @Nullable Instant nextDeadline) {}
