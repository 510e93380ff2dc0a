/** The typed settings of {@code mailflow.yaml}: their defaults, ranges and loading. */
@NullMarked
package io.mailflow.config;

import org.jspecify.annotations.NullMarked;
