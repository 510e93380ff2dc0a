/**
 * Stage two, partitioned by connector: sums the tracker's deltas, follows the low watermark of its sources, judges
 * every connector at every minute that progress passes, and publishes windows, health and alerts.
 */
@NullMarked
package io.mailflow.monitor;

import org.jspecify.annotations.NullMarked;
