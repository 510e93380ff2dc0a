package io.mailflow.tracker;

import io.mailflow.schema.LateEvent;
import io.mailflow.schema.PipelineProgress;

/** What the tracker hands on: to the monitor, to the topic of late events, or about its own progress. */
public sealed interface TrackerOutput {

    /** For the monitor. */
    record ToMonitor(TrackerMessage message) implements TrackerOutput {}

    /** An event too late to be counted. */
    record Late(LateEvent event) implements TrackerOutput {}

    /** How far it has come. */
    record Progress(PipelineProgress progress) implements TrackerOutput {}
}
