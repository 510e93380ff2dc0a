/**
 * Pure policies and the life cycle of alerts: the state of a connector, its thresholds and the episodes that are open
 * go in, decisions come out. No Kafka, no clock: every instant is event time and an argument.
 *
 * <p>{@link io.mailflow.alerting.ConnectorView} is the input of one evaluation,
 * {@link io.mailflow.alerting.Policy} finds reasons in it, {@link io.mailflow.alerting.AlertPolicy} turns them into
 * {@link io.mailflow.alerting.Decision decisions} about {@link io.mailflow.alerting.Episode episodes}, and
 * {@link io.mailflow.alerting.AlertAssembler} writes the record to publish.
 */
@NullMarked
package io.mailflow.alerting;

import org.jspecify.annotations.NullMarked;
