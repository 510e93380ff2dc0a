package io.mailflow.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pipeline is doing, as far as its topics tell.
 *
 * @param watermark event time up to which every part has seen everything, null before the first
 * @param sources the tracker's partitions
 * @param monitors the monitor's partitions
 * @param events what became of every event, by its name in {@code Accounting}
 */
public record PipelineReport(
        @Nullable Instant watermark,
        List<Part> sources,
        List<Part> monitors,
        JsonNode events,
        DeadLetters deadLetters,
        LateEvents lateEvents) {

    /** One partition of one stage. */
    public record Part(int partition, Instant progress, boolean ended) {}

    /** Records nobody can read. */
    public record DeadLetters(long total, List<Tally> byReason, List<DeadLetter> newest) {}

    /** One of them: when it was put aside, why, and where it stands. */
    public record DeadLetter(Instant at, String reason, String place) {}

    /** Events that came too late to be counted. */
    public record LateEvents(long total, List<Tally> byEffect, List<Late> newest) {}

    /** One of them, without recipient and message. */
    public record Late(
            Instant at, String tenant, @Nullable String connector, String event, double lateBySeconds, String effect) {}
}
