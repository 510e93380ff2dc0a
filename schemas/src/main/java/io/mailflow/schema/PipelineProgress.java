package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one part of the pipeline has come, on {@code mailflow.progress} (compacted).
 *
 * @param stage the tracker of a source partition, or the monitor of a repartition partition
 * @param partition its partition
 * @param progress event time up to which it has seen everything
 * @param ended true once the end-of-input marker has passed it
 * @param accounting what became of the events, for the tracker; null for the monitor
 */
public record PipelineProgress(
        Stage stage,
        int partition,
        Instant progress,
        boolean ended,
        @Nullable Accounting accounting) {

    /** The two stages. */
    public enum Stage {
        @JsonProperty("tracker")
        TRACKER,
        @JsonProperty("monitor")
        MONITOR
    }
}
