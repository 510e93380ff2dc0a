/** Measurements of the running program, from outside. */
@NullMarked
package io.mailflow.benchmarks;

import org.jspecify.annotations.NullMarked;
