package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one part of the pipeline has come, on {@code mailflow.progress} (compacted).
 *
 * @param stage the tracker of a source partition, or the monitor of a repartition partition
 * @param partition its partition
 * @param progress event time up to which it has seen everything
 * @param ended true once the end-of-input marker has passed it
 * @param accounting what became of the events, for the tracker; null for the monitor
 * @param sources how each source looked to the monitor by the wall clock, and so outside every guarantee; empty for the
 *     tracker
 */
public record PipelineProgress(
        Stage stage,
        int partition,
        Instant progress,
        boolean ended,
        @Nullable Accounting accounting,
        List<Source> sources) {

    public PipelineProgress {
        sources = sources == null ? List.of() : List.copyOf(sources);
    }

    /** The progress of a tracker. */
    public PipelineProgress(
            Stage stage, int partition, Instant progress, boolean ended, @Nullable Accounting accounting) {
        this(stage, partition, progress, ended, accounting, List.of());
    }

    /** The two stages. */
    public enum Stage {
        @JsonProperty("tracker")
        TRACKER,
        @JsonProperty("monitor")
        MONITOR
    }

    /**
     * A source as the monitor sees it.
     *
     * @param source partition of {@code mailflow.trace-events}
     * @param progress event time up to which everything of it was received, null if it never spoke
     * @param condition whether it speaks, and of when
     */
    public record Source(int source, @Nullable Instant progress, Condition condition) {}

    /** Why nothing may be heard. That a connector is quiet is the reason {@code connector-silent} of an alert. */
    public enum Condition {
        /** It speaks, and of now. */
        @JsonProperty("current")
        CURRENT,
        /** It speaks, but of what was long ago. */
        @JsonProperty("late")
        LATE,
        /** Neither events nor marks for the idle timeout; left out of the minimum. */
        @JsonProperty("dead")
        DEAD,
        /** The program has just started and has not heard it yet. */
        @JsonProperty("restoring")
        RESTORING,
        /** Its input has ended. */
        @JsonProperty("ended")
        ENDED
    }
}
