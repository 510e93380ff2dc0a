package io.mailflow.monitor;

import io.mailflow.alerting.Episode;
import io.mailflow.config.AlertSettings;
import io.mailflow.config.TimeSettings;
import io.mailflow.naming.StoreNames;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import io.mailflow.tracker.Heartbeat;
import io.mailflow.tracker.TrackerMessage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Stage two. Deltas wait for their minute; heartbeats move the low watermark, and every minute it passes is evaluated.
 * What comes of a step of the watermark is computed first, then written, then published.
 */
public final class ConnectorMonitor implements Processor<ConnectorKey, TrackerMessage, String, MonitorOutput> {

    /** How often silence of sources is looked at. */
    private static final Duration SILENCE_CHECK = Duration.ofSeconds(10);

    private final TimeSettings time;
    private final AlertSettings alerts;
    private final RemediationLookup remediations;
    private final MonitorSupplier.RegistryAccess registry;

    // Set by init, as Kafka Streams wants it.
    private ProcessorContext<String, MonitorOutput> context;
    private KeyValueStore<Integer, SourcePosition> sources;
    private WaitingDeltas waiting;
    private Timeline timeline;
    private LowWatermark watermark;

    /** Wall clock at which progress moved last in this run: while the program was down, nothing was silent. */
    private long movedMs;

    /** How the sources looked when that was published last. */
    private List<PipelineProgress.Source> said = List.of();

    @SuppressWarnings("NullAway.Init") // init sets the rest before anything else is called
    ConnectorMonitor(
            TimeSettings time,
            AlertSettings alerts,
            RemediationLookup remediations,
            MonitorSupplier.RegistryAccess registry) {
        this.time = time;
        this.alerts = alerts;
        this.remediations = remediations;
        this.registry = registry;
    }

    @Override
    public void init(ProcessorContext<String, MonitorOutput> processorContext) {
        context = processorContext;
        sources = context.getStateStore(StoreNames.SOURCES);
        waiting = new WaitingDeltas(context.getStateStore(StoreNames.WAITING_DELTAS));
        QueueIndex queue = new QueueIndex(context.getStateStore(StoreNames.QUEUE_INDEX));
        Windows windows = new Windows(windowStores(), context.getStateStore(StoreNames.OPEN_WINDOWS), time.lateness());
        KeyValueStore<ConnectorKey, ConnectorState> connectors = context.getStateStore(StoreNames.CONNECTORS);
        KeyValueStore<CodeKey, CodeState> codes = context.getStateStore(StoreNames.CODES);
        KeyValueStore<CodeKey, Episode> episodes = context.getStateStore(StoreNames.EPISODES);
        MonitorState state = new MonitorState(connectors, codes, episodes, windows, queue, alerts.resolveAfter());
        state.reload();
        ProvisionalEpisodes provisional =
                new ProvisionalEpisodes(context.getStateStore(StoreNames.PROVISIONAL_EPISODES));
        provisional.reload();
        ConnectorViews views = new ConnectorViews(windows, queue, alerts);
        SourcePosition own = sources.get(SourcePosition.MONITOR);
        timeline = new Timeline(
                state,
                waiting,
                windows,
                new HealthReport(views, queue),
                new Judge(views, remediations),
                provisional,
                alerts.pageableLag(),
                registry.in(context),
                context.taskId().partition(),
                own == null ? Long.MIN_VALUE : own.atMs(),
                own != null && own.ended());
        watermark = storedWatermark();
        movedMs = context.currentSystemTimeMs();
        context.schedule(SILENCE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::listen);
    }

    @Override
    public void process(Record<ConnectorKey, TrackerMessage> record) {
        TrackerMessage message = record.value();
        if (message instanceof ConnectorDelta delta) {
            waiting.put(delta, timeline.nextMinute(), offset());
        } else if (message instanceof Heartbeat heartbeat) {
            long nowMs = context.currentSystemTimeMs();
            hear(heartbeat, nowMs);
            advance(watermark, nowMs);
        }
    }

    /** What was heard stands even if the evaluation it allows fails: the next one makes up for it. */
    private void hear(Heartbeat heartbeat, long nowMs) {
        watermark = watermark.hear(heartbeat, nowMs);
        LowWatermark.Source source = watermark.sources().get(heartbeat.source());
        if (source != null) {
            sources.put(
                    heartbeat.source(),
                    new SourcePosition(
                            source.progressMs(), source.spokenMs(), source.ended(), watermark.sourceCount()));
        }
    }

    /** Leaves out sources that are silent, and lets queues age once progress stands still. */
    private void listen(long nowMs) {
        advance(watermark, nowMs);
        List<PipelineProgress.Source> now = conditions(nowMs);
        if (timeline.hasStarted() && !looks(now).equals(looks(said))) {
            context.forward(timeline.progress(now));
            said = now;
        }
        Duration silence = Duration.ofMillis(nowMs - movedMs);
        if (timeline.hasStarted() && !timeline.hasEnded() && silence.compareTo(time.idleTimeout()) >= 0) {
            age(silence, nowMs);
        }
    }

    private List<PipelineProgress.Source> conditions(long nowMs) {
        return watermark.conditions(nowMs, alerts.pageableLag());
    }

    private static List<PipelineProgress.Condition> looks(List<PipelineProgress.Source> sources) {
        return sources.stream().map(PipelineProgress.Source::condition).toList();
    }

    private void age(Duration silence, long nowMs) {
        try {
            timeline.age(silence, nowMs).forEach(context::forward);
        } catch (RuntimeException e) {
            timeline.abandon();
            throw e;
        }
    }

    private void advance(LowWatermark now, long nowMs) {
        OptionalLong end = now.endedMs();
        OptionalLong progress = end.isPresent() ? end : now.progressMs(nowMs);
        if (progress.isEmpty() || !timeline.isBehind(progress.getAsLong(), end.isPresent())) {
            return;
        }
        // Up to where an input speaks, whoever does not is quiet; what only its end claims is silence of the source.
        long silentFromMs = end.isPresent() ? now.spokenMs() : Long.MAX_VALUE;
        Timeline.Step step = step(progress.getAsLong(), end.isPresent(), silentFromMs, nowMs);
        timeline.commit(step);
        movedMs = nowMs;
        said = conditions(nowMs);
        sources.put(
                SourcePosition.MONITOR, new SourcePosition(step.atMs(), step.atMs(), step.ended(), now.sourceCount()));
        step.outputs().forEach(context::forward);
        if (step.ended()) {
            // Somebody waits for the end of a finite input; everything else can wait for the next commit.
            context.commit();
        }
    }

    private Timeline.Step step(long progressMs, boolean inputEnded, long silentFromMs, long nowMs) {
        try {
            return timeline.advance(progressMs, inputEnded, silentFromMs, nowMs, conditions(nowMs));
        } catch (RuntimeException e) {
            timeline.abandon();
            throw e;
        }
    }

    private LowWatermark storedWatermark() {
        int count = 0;
        TreeMap<Integer, LowWatermark.Source> heard = new TreeMap<>();
        long nowMs = context.currentSystemTimeMs();
        try (KeyValueIterator<Integer, SourcePosition> all = sources.all()) {
            while (all.hasNext()) {
                var stored = all.next();
                if (stored.key != SourcePosition.MONITOR) {
                    count = Math.max(count, stored.value.sourceCount());
                    heard.put(
                            stored.key,
                            new LowWatermark.Source(
                                    stored.value.atMs(),
                                    stored.value.spokenMs(),
                                    stored.value.ended(),
                                    LowWatermark.NEVER));
                }
            }
        }
        return new LowWatermark(count, heard, nowMs, time.idleTimeout());
    }

    private Map<WindowSize, WindowStore<CodeKey, WindowState>> windowStores() {
        Map<WindowSize, WindowStore<CodeKey, WindowState>> stores = new EnumMap<>(WindowSize.class);
        for (WindowSize size : WindowSize.values()) {
            stores.put(size, context.getStateStore(size.store()));
        }
        return stores;
    }

    private long offset() {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a delta without a place in the repartition topic"))
                .offset();
    }
}
