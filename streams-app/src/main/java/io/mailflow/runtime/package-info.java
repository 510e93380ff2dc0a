/**
 * Lifecycle: the embedded broker, its topics, and the running stream.
 *
 * <p>The only room that knows the inside of the Kafka server, and one of the few that may read the system clock.
 */
@NullMarked
package io.mailflow.runtime;

import org.jspecify.annotations.NullMarked;
