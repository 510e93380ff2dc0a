/**
 * Stage one, partitioned by message: settles duplicates, order, lateness, connectors and expiry of every queued
 * recipient, and emits only differences, summed, as {@link io.mailflow.tracker.ConnectorDelta}s.
 */
@NullMarked
package io.mailflow.tracker;

import org.jspecify.annotations.NullMarked;
