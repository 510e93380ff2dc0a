/**
 * Simulated tenants, connectors, traffic and incidents: seeded, deterministic, without a clock. The demo plays what this
 * room writes, benchmarks measure with it.
 */
@NullMarked
package io.mailflow.simulate;

import org.jspecify.annotations.NullMarked;
