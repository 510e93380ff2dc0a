package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event read too late to be counted, on {@code mailflow.late-events}.
 *
 * @param event the event
 * @param progress its source's progress when it was read
 * @param lateBy how much older than that it is
 * @param window start of the 5-minute window it would have been counted in
 * @param missed what it would have been counted as: {@code delivered}, {@code failed}, {@code expired}, {@code closed},
 *     {@code pending} or {@code final}
 * @param connector the connector it would have been counted on
 * @param code the code it would have been counted with, null of anything but a failed attempt
 * @param effect what it still changed: {@code queue} (with the recipients given up) or {@code nothing}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LateEvent(
        MessageTraceEvent event,
        Instant progress,
        Duration lateBy,
        Instant window,
        String missed,
        String connector,
        @Nullable String code,
        String effect) {}
