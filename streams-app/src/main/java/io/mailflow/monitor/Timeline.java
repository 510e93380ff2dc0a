package io.mailflow.monitor;

import io.mailflow.monitor.MonitorOutput.AlertOutput;
import io.mailflow.monitor.MonitorOutput.HealthOutput;
import io.mailflow.monitor.MonitorOutput.ProgressOutput;
import io.mailflow.monitor.MonitorOutput.WindowOutput;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Goes from minute to minute of event time: adds exactly the deltas of the minute, then judges. Minutes at which
 * nothing waits and nobody is restless are skipped, which changes no outcome. Nothing is written until
 * {@link #commit}; {@link #abandon} takes everything back.
 */
final class Timeline {

    static final long MINUTE_MS = 60_000;

    private final MonitorState state;
    private final WaitingDeltas waiting;
    private final Windows windows;
    private final HealthReport health;
    private final Judge judge;
    private final ConnectorLookup registry;
    private final int partition;
    private long evaluatedMs;
    private boolean ended;

    /**
     * Stands where it was left.
     *
     * @param evaluatedMs the instant evaluated last, {@link Long#MIN_VALUE} if none was
     * @param ended that was the final clock of a finite input
     * @param partition the partition it publishes its progress for
     */
    Timeline(
            MonitorState state,
            WaitingDeltas waiting,
            Windows windows,
            HealthReport health,
            Judge judge,
            ConnectorLookup registry,
            int partition,
            long evaluatedMs,
            boolean ended) {
        this.state = state;
        this.waiting = waiting;
        this.windows = windows;
        this.health = health;
        this.judge = judge;
        this.registry = registry;
        this.partition = partition;
        this.evaluatedMs = evaluatedMs;
        this.ended = ended;
    }

    /**
     * A step forward that is not written yet.
     *
     * @param outputs what to publish, in order
     * @param counted the waiting deltas that are counted now
     * @param atMs the instant evaluated last
     * @param ended that is the final clock
     */
    record Step(
            List<Record<String, MonitorOutput>> outputs, List<WaitingDeltas.Key> counted, long atMs, boolean ended) {}

    /** The next minute that will be evaluated; {@link Long#MIN_VALUE} before the first. */
    long nextMinute() {
        return evaluatedMs == Long.MIN_VALUE ? Long.MIN_VALUE : minute(evaluatedMs) + 1;
    }

    /** Whether there is anything to do when the sources have come that far. */
    boolean isBehind(long progressMs, boolean inputEnded) {
        return inputEnded
                ? !ended || progressMs > evaluatedMs
                : evaluatedMs == Long.MIN_VALUE || minute(progressMs) > minute(evaluatedMs);
    }

    /**
     * Evaluates every minute up to the progress, and, at the end of the input, the final clock.
     *
     * @param progressMs how far the sources have come, or the final clock
     * @param inputEnded it is the final clock
     * @param nowMs wall clock, for the lag only
     */
    Step advance(long progressMs, boolean inputEnded, long nowMs) {
        long lastMinute = minute(progressMs);
        WaitingDeltas.Taken taken = waiting.between(nextMinute(), inputEnded ? Long.MAX_VALUE : lastMinute);
        List<Record<String, MonitorOutput>> outputs = new ArrayList<>();
        throughMinutes(taken.byMinute().headMap(lastMinute + 1), lastMinute, nowMs, outputs);
        long atMs = lastMinute * MINUTE_MS;
        if (inputEnded) {
            SortedMap<Long, SortedMap<ConnectorKey, List<ConnectorDelta>>> rest =
                    taken.byMinute().tailMap(lastMinute + 1);
            if (progressMs > Math.max(atMs, evaluatedMs) || !rest.isEmpty()) {
                TreeSet<ConnectorKey> due = new TreeSet<>();
                rest.values().forEach(deltas -> due.addAll(apply(deltas)));
                judge(due, progressMs, nowMs, outputs);
            }
            atMs = progressMs;
        }
        publishWindows(atMs, inputEnded, outputs);
        publishHealth(atMs, inputEnded, outputs);
        publish(
                new ProgressOutput(new PipelineProgress(
                        PipelineProgress.Stage.MONITOR, partition, Instant.ofEpochMilli(atMs), inputEnded, null)),
                atMs,
                outputs);
        return new Step(outputs, taken.keys(), atMs, inputEnded);
    }

    /** Writes what a step changed. */
    void commit(Step step) {
        waiting.remove(step.counted());
        state.flush(step.atMs());
        evaluatedMs = step.atMs();
        ended = step.ended();
    }

    /** Takes back what a step changed. */
    void abandon() {
        state.reload();
    }

    private void throughMinutes(
            SortedMap<Long, SortedMap<ConnectorKey, List<ConnectorDelta>>> byMinute,
            long lastMinute,
            long nowMs,
            List<Record<String, MonitorOutput>> outputs) {
        List<Long> minutes = new ArrayList<>(byMinute.keySet());
        int next = 0;
        long minute = evaluatedMs == Long.MIN_VALUE ? Long.MIN_VALUE : minute(evaluatedMs);
        while (true) {
            long waitingMinute = next < minutes.size() ? minutes.get(next) : Long.MAX_VALUE;
            // Before the first delta nobody can be restless.
            long restlessMinute = state.restless().isEmpty() || minute == Long.MIN_VALUE ? Long.MAX_VALUE : minute + 1;
            minute = Math.min(waitingMinute, restlessMinute);
            if (minute > lastMinute) {
                return;
            }
            NavigableSet<ConnectorKey> due = new TreeSet<>();
            if (minute == waitingMinute) {
                due.addAll(apply(Objects.requireNonNull(byMinute.get(minute))));
                next++;
            }
            judge(due, minute * MINUTE_MS, nowMs, outputs);
        }
    }

    private Collection<ConnectorKey> apply(SortedMap<ConnectorKey, List<ConnectorDelta>> deltas) {
        for (Map.Entry<ConnectorKey, List<ConnectorDelta>> delta : deltas.entrySet()) {
            state.apply(delta.getKey(), MinuteSum.of(delta.getValue()), evaluatedMs);
        }
        return deltas.keySet();
    }

    private void judge(
            NavigableSet<ConnectorKey> changed, long atMs, long nowMs, List<Record<String, MonitorOutput>> outputs) {
        NavigableSet<ConnectorKey> due = new TreeSet<>(state.restless());
        due.addAll(changed);
        Duration lag = Duration.ofMillis(Math.max(0, nowMs - atMs));
        for (ConnectorKey connector : due) {
            Judge.Verdict verdict = judge.judge(
                    connector, state.get(connector), registry.entry(connector), state.open(connector), atMs, lag);
            state.judged(connector, verdict);
            for (Alert alert : verdict.alerts()) {
                publish(new AlertOutput(alert), atMs, outputs);
            }
        }
    }

    private void publishWindows(long atMs, boolean all, List<Record<String, MonitorOutput>> outputs) {
        windows.publish(atMs, all)
                .forEach((window, counts) ->
                        publish(new WindowOutput(windowCount(window, counts)), window.endMs(), outputs));
    }

    private void publishHealth(long atMs, boolean all, List<Record<String, MonitorOutput>> outputs) {
        NavigableSet<ConnectorKey> due = new TreeSet<>(all ? state.connectors() : state.changed());
        state.restless().stream().filter(state::hasQueue).forEach(due::add);
        for (ConnectorKey connector : due) {
            ConnectorType type =
                    registry.entry(connector).map(ConnectorEntry::type).orElse(ConnectorType.UNKNOWN);
            ConnectorHealth now = health.of(connector, state.get(connector), type, atMs);
            publish(new HealthOutput(now), atMs, outputs);
        }
    }

    private static WindowCount windowCount(WindowRef window, WindowState counts) {
        ConnectorKey connector = window.key().connector();
        boolean whole = window.key().code().equals(ConnectorDelta.AttemptSum.WHOLE_CONNECTOR);
        return new WindowCount(
                connector.tenant(),
                connector.name(),
                whole ? null : window.key().code(),
                window.size().size(),
                Instant.ofEpochMilli(window.startMs()),
                Instant.ofEpochMilli(window.endMs()),
                counts.delivered(),
                counts.failed(),
                counts.messages(),
                counts.recipients(),
                counts.isFinal(),
                counts.revision());
    }

    /** Kafka has no records from before the epoch; event time that early is stamped with it. */
    private static void publish(MonitorOutput output, long atMs, List<Record<String, MonitorOutput>> outputs) {
        outputs.add(new Record<>(OutputKeys.of(output), output, Math.max(0, atMs)));
    }

    private static long minute(long atMs) {
        return Math.floorDiv(atMs, MINUTE_MS);
    }
}
