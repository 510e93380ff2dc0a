package io.mailflow.readmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a connector's mail failed in one window: of all codes together, or with one.
 *
 * @param code null in rows of the whole connector
 * @param attempts of the whole connector, delivered and failed
 * @param failed with this code, or with any
 * @param share failed of attempts, 0 to 1; null without attempts
 * @param messages distinct ones that failed
 * @param recipients distinct messages and recipients that failed
 * @param isFinal whether no event can change it any more
 */
public record FailureRate(
        String tenant,
        String connector,
        @Nullable String code,
        Instant start,
        Instant end,
        long attempts,
        long failed,
        @Nullable Double share,
        long messages,
        long recipients,
        @JsonProperty("final") boolean isFinal) {}
