/**
 * From alerts to on-call: groups episodes into incidents, keeps them on a topic, and tells Alertmanager of each incident
 * that somebody must be woken for.
 */
@NullMarked
package io.mailflow.route;

import org.jspecify.annotations.NullMarked;
