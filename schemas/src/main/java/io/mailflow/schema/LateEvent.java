package io.mailflow.schema;

import java.time.Duration;
import java.time.Instant;

/**
 * An event read too late to be counted, on {@code mailflow.late-events}.
 *
 * @param event the event
 * @param progress its source's progress when it was read
 * @param lateBy how much older than that it is
 * @param effect what it still changed: {@code queue} or {@code nothing}
 */
public record LateEvent(MessageTraceEvent event, Instant progress, Duration lateBy, String effect) {}
