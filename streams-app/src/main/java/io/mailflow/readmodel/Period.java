package io.mailflow.readmodel;

import java.time.Duration;
import java.time.Instant;

/** Windows of one size that start in {@code [from, to)}. */
public record Period(Duration size, Instant from, Instant to) {}
