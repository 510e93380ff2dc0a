package io.mailflow.monitor;

import io.mailflow.alerting.Episode;
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

    private static final long MINUTES_PER_HOUR = 60;

    private final MonitorState state;
    private final WaitingDeltas waiting;
    private final Windows windows;
    private final HealthReport health;
    private final Judge judge;
    private final Ageing ageing;
    private final ProvisionalEpisodes provisional;
    private final Duration pageableLag;
    private final ConnectorLookup registry;
    private final int partition;
    private long evaluatedMs;
    private boolean ended;

    /** After this the sources said nothing. */
    private long sourcesSilentFromMs = Long.MAX_VALUE;

    /** How far silence has let queues age, for which nothing is evaluated twice. */
    private long agedMs = Long.MIN_VALUE;

    /**
     * Stands where it was left.
     *
     * @param pageableLag how far progress may be behind the wall clock for an alert to page
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
            ProvisionalEpisodes provisional,
            Duration pageableLag,
            ConnectorLookup registry,
            int partition,
            long evaluatedMs,
            boolean ended) {
        this.state = state;
        this.waiting = waiting;
        this.windows = windows;
        this.health = health;
        this.judge = judge;
        this.provisional = provisional;
        this.pageableLag = pageableLag;
        this.ageing = new Ageing(state, provisional, judge, registry);
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
     * @param silentFromMs after this the sources said nothing, so that no connector is found silent
     * @param nowMs wall clock, for lag and pages only
     * @param sources how the sources look
     */
    Step advance(
            long progressMs, boolean inputEnded, long silentFromMs, long nowMs, List<PipelineProgress.Source> sources) {
        sourcesSilentFromMs = silentFromMs;
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
                rest.values().forEach(deltas -> due.addAll(apply(deltas, progressMs)));
                judge(due, progressMs, nowMs, outputs);
            }
            atMs = progressMs;
        }
        List<Alert> published = outputs.stream()
                .map(output -> ((AlertOutput) output.value()).alert())
                .toList();
        Duration lag = lag(atMs, nowMs);
        // What is taken back goes first: the newest record of a key has to be what stands.
        List<Record<String, MonitorOutput>> corrections = new ArrayList<>();
        for (Alert alert : ageing.settle(published, atMs, lag)) {
            publish(new AlertOutput(alert), atMs, corrections);
        }
        outputs.addAll(0, corrections);
        if (!inputEnded && lag.compareTo(pageableLag) <= 0) {
            becomeCurrent(atMs, lag, outputs);
        }
        publishWindows(atMs, inputEnded, outputs);
        publishHealth(atMs, inputEnded, outputs);
        outputs.add(progress(atMs, inputEnded, sources));
        return new Step(outputs, taken.keys(), atMs, inputEnded);
    }

    /** Writes what a step changed. */
    void commit(Step step) {
        waiting.remove(step.counted());
        state.flush(step.atMs());
        provisional.flush();
        evaluatedMs = step.atMs();
        agedMs = evaluatedMs;
        ended = step.ended();
    }

    /** What is published of its progress when nothing changed but how the sources look. */
    Record<String, MonitorOutput> progress(List<PipelineProgress.Source> sources) {
        return progress(evaluatedMs, ended, sources);
    }

    private Record<String, MonitorOutput> progress(long atMs, boolean end, List<PipelineProgress.Source> sources) {
        List<Record<String, MonitorOutput>> one = new ArrayList<>();
        Instant at = Instant.ofEpochMilli(atMs);
        publish(
                new ProgressOutput(
                        new PipelineProgress(PipelineProgress.Stage.MONITOR, partition, at, end, null, sources)),
                atMs,
                one);
        return one.get(0);
    }

    /** Whether anything was evaluated yet. */
    boolean hasStarted() {
        return evaluatedMs != Long.MIN_VALUE;
    }

    /** Whether the input has ended, and with it the clock. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Lets queues age beyond progress, minute by minute. Moves nothing but what is provisional.
     *
     * @param silence how long progress has stood still
     * @param nowMs wall clock
     * @return what to publish, in order
     */
    List<Record<String, MonitorOutput>> age(Duration silence, long nowMs) {
        List<Record<String, MonitorOutput>> outputs = new ArrayList<>();
        long lastMinute = minute(evaluatedMs + silence.toMillis());
        long first = minute(Math.max(agedMs, evaluatedMs)) + 1;
        for (long minute = first; minute <= lastMinute; minute++) {
            long atMs = minute * MINUTE_MS;
            for (Alert alert : ageing.age(atMs, evaluatedMs, lag(evaluatedMs, nowMs))) {
                publish(new AlertOutput(alert), atMs, outputs);
            }
        }
        provisional.flush();
        agedMs = Math.max(agedMs, lastMinute * MINUTE_MS);
        return outputs;
    }

    private void becomeCurrent(long atMs, Duration lag, List<Record<String, MonitorOutput>> outputs) {
        for (CodeKey key : state.unpaged()) {
            ConnectorKey connector = key.connector();
            Episode episode = Objects.requireNonNull(state.open(connector).get(key.code()));
            Judge.Subject subject = judge.look(connector, state.get(connector), registry.entry(connector), atMs);
            if (subject.view().maintenanceUntil() == null) {
                publish(new AlertOutput(judge.becomeCurrent(subject, episode, lag)), atMs, outputs);
                state.paged(key);
            }
        }
    }

    /** Takes back what a step changed. */
    void abandon() {
        state.reload();
        provisional.reload();
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
            long wholeHour = minute == Long.MIN_VALUE ? Long.MAX_VALUE : nextHourOfInterest(minute);
            minute = Math.min(Math.min(waitingMinute, restlessMinute), wholeHour);
            if (minute > lastMinute) {
                return;
            }
            NavigableSet<ConnectorKey> due = new TreeSet<>();
            if (minute == waitingMinute) {
                due.addAll(apply(Objects.requireNonNull(byMinute.get(minute)), minute * MINUTE_MS));
                next++;
            }
            if (Math.floorMod(minute, MINUTES_PER_HOUR) == 0) {
                due.addAll(state.quietAt(minute * MINUTE_MS));
            }
            judge(due, minute * MINUTE_MS, nowMs, outputs);
        }
    }

    /** A connector may be found silent when an hour is whole, as long as something is known of the last weeks. */
    private long nextHourOfInterest(long minute) {
        long hour = (Math.floorDiv(minute, MINUTES_PER_HOUR) + 1) * MINUTES_PER_HOUR;
        return state.mayBeSilentAt(hour * MINUTE_MS) ? hour : Long.MAX_VALUE;
    }

    private Collection<ConnectorKey> apply(SortedMap<ConnectorKey, List<ConnectorDelta>> deltas, long atMs) {
        for (Map.Entry<ConnectorKey, List<ConnectorDelta>> delta : deltas.entrySet()) {
            state.apply(delta.getKey(), MinuteSum.of(delta.getValue()), atMs, evaluatedMs);
        }
        return deltas.keySet();
    }

    private void judge(
            NavigableSet<ConnectorKey> changed, long atMs, long nowMs, List<Record<String, MonitorOutput>> outputs) {
        NavigableSet<ConnectorKey> due = new TreeSet<>(state.restless());
        due.addAll(changed);
        for (ConnectorKey connector : due) {
            Judge.Subject looked = judge.look(connector, state.get(connector), registry.entry(connector), atMs);
            Judge.Subject subject = atMs > sourcesSilentFromMs ? looked.whileSourcesAreSilent() : looked;
            Judge.Verdict verdict = judge.judge(subject, state.open(connector), lag(atMs, nowMs));
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

    private static Duration lag(long atMs, long nowMs) {
        return Duration.ofMillis(Math.max(0, nowMs - atMs));
    }

    private static long minute(long atMs) {
        return Math.floorDiv(atMs, MINUTE_MS);
    }
}
