package io.mailflow.tracker;

import io.mailflow.config.TimeSettings;
import io.mailflow.naming.StoreNames;
import io.mailflow.reply.Reply;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.LateEvent;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import io.mailflow.tracker.RecipientKey.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Stage one: reads a source partition, remembers every recipient that failed, and emits differences.
 *
 * <p>Each event goes through the checks of the design in their order — future, not an attempt, duplicate, late — and is
 * then folded into its recipient's memory. What the fold changed, not what the event said, is added to the waiting
 * sums; a flush sends them on, and then a heartbeat that covers them.
 */
@SuppressWarnings("NullAway.Init") // Kafka calls init before anything else
public final class MessageTracker implements Processor<String, TraceRecord, ConnectorKey, TrackerOutput> {

    /** Heartbeats and progress go to no connector in particular. */
    private static final ConnectorKey EVERYWHERE = new ConnectorKey("", "");

    /** Timers run per record; the rest waits for the next one, and progress with them. */
    private static final int TIMER_BUDGET = 10_000;

    private static final int ONLY = 0;

    private static final Accounting COUNTED = new Accounting(1, 0, 0, 0, 0);
    private static final Accounting DUPLICATE = new Accounting(0, 1, 0, 0, 0);
    private static final Accounting NOT_AN_ATTEMPT = new Accounting(0, 0, 1, 0, 0);
    private static final Accounting LATE = new Accounting(0, 0, 0, 1, 0);
    private static final Accounting FUTURE = new Accounting(0, 0, 0, 0, 1);

    private final Replies replies = new Replies();
    private final TimeSettings time;
    private final int sourceCount;
    private final Duration flushInterval;

    private ProcessorContext<ConnectorKey, TrackerOutput> context;
    private KeyValueStore<Integer, SourceState> source;
    private Timers timers;
    private FactReader facts;
    private Recipients recipients;
    private PendingDeltas pending;

    /**
     * A tracker for one task.
     *
     * @param time how event time is understood
     * @param sourceCount partitions of the topic of trace events
     * @param flushInterval how long sums wait at most, by the wall clock
     */
    MessageTracker(TimeSettings time, int sourceCount, Duration flushInterval) {
        this.time = time;
        this.sourceCount = sourceCount;
        this.flushInterval = flushInterval;
    }

    @Override
    public void init(ProcessorContext<ConnectorKey, TrackerOutput> processorContext) {
        context = processorContext;
        source = context.getStateStore(StoreNames.SOURCE);
        timers = new Timers(context.getStateStore(StoreNames.TIMERS));
        ReadOnlyKeyValueStore<Registry.Key, ConnectorEntry> entries = context.getStateStore(StoreNames.REGISTRY);
        facts = new FactReader(new Registry(entries), time);
        pending = new PendingDeltas(
                context.getStateStore(StoreNames.PENDING_DELTAS),
                context.taskId().partition());
        KeyValueStore<MessageKey, MessageMemory> messages = context.getStateStore(StoreNames.MESSAGES);
        recipients = new Recipients(
                context.getStateStore(StoreNames.RECIPIENTS),
                new Unremembered(context.getStateStore(StoreNames.SEEN_SUCCESSES)),
                context.getStateStore(StoreNames.SEEN_FAILURES),
                timers,
                new Ledger(new Messages(messages), pending),
                time);
        context.schedule(flushInterval, PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }

    @Override
    public void process(Record<String, TraceRecord> message) {
        TraceRecord value = message.value();
        if (value instanceof MessageTraceEvent event) {
            track(event, message.key(), message.timestamp());
        } else if (value instanceof ProgressMark mark) {
            if (isFuture(mark.progress(), message.timestamp())) {
                throw future(mark.progress(), message.timestamp());
            }
            advance(state().heard().wanting(mark.progress().toEpochMilli()), TIMER_BUDGET);
        } else if (value instanceof EndOfInput end) {
            if (isFuture(end.at(), message.timestamp())) {
                throw future(end.at(), message.timestamp());
            }
            advance(state().endedAt(end.at().toEpochMilli()), Integer.MAX_VALUE);
            flush();
            context.commit();
        }
    }

    private SourceState state() {
        SourceState state = source.get(ONLY);
        return state == null ? SourceState.START : state;
    }

    private void track(MessageTraceEvent event, @Nullable String recordKey, long producedMs) {
        if (recordKey == null) {
            throw RefusedRecordException.withoutKey();
        }
        if (isFuture(event.timestamp(), producedMs)) {
            source.put(ONLY, state().plus(FUTURE));
            throw future(event.timestamp(), producedMs);
        }
        Optional<RecipientKey> key = event.event() == EventClass.OTHER ? Optional.empty() : RecipientKey.of(event);
        Reply reply = replies.of(event);

        advance(state().wanting(event.timestamp().minus(time.reorderBound()).toEpochMilli()), TIMER_BUDGET);
        SourceState now = state();
        Accounting settled = key.map(recipient -> settle(event, recipient, reply, now.progressMs()))
                .orElse(NOT_AN_ATTEMPT);
        source.put(ONLY, now.plus(settled));
    }

    private boolean isFuture(Instant at, long producedMs) {
        return at.toEpochMilli() > producedMs + time.futureTolerance().toMillis();
    }

    private RefusedRecordException future(Instant at, long producedMs) {
        return RefusedRecordException.future(at, Instant.ofEpochMilli(producedMs), time.futureTolerance());
    }

    /** Does what the event asks for and says where it ends. */
    private Accounting settle(MessageTraceEvent event, RecipientKey key, Reply reply, long progressMs) {
        long atMs = event.timestamp().toEpochMilli();
        boolean late = atMs < progressMs - time.lateness().toMillis();
        Optional<Fact> read = facts.read(event, key, reply, !late);
        if (read.isEmpty()) {
            return NOT_AN_ATTEMPT;
        }
        Fact fact = read.get();
        Settlement settled = recipients.settle(key, fact, status(event), progressMs);
        Accounting moved = new Accounting(settled.moreMatter(), 0, -settled.moreMatter(), 0, 0);
        return moved.plus(
                switch (settled.end()) {
                    case COUNTED -> {
                        settled.attempt().ifPresent(charge -> sample(event, key, reply, charge, progressMs));
                        yield COUNTED;
                    }
                    case DUPLICATE -> DUPLICATE;
                    case NOT_AN_ATTEMPT -> NOT_AN_ATTEMPT;
                    case LATE -> {
                        LateEvent kept = LateEvents.of(event, fact, settled, Instant.ofEpochMilli(progressMs));
                        context.forward(new Record<>(EVERYWHERE, new TrackerOutput.Late(kept), atMs));
                        yield LATE;
                    }
                });
    }

    private static Optional<FinalStatus> status(MessageTraceEvent event) {
        if (event.event() != EventClass.FINAL) {
            return Optional.empty();
        }
        Instant observed = event.observedAt();
        return Optional.of(new FinalStatus(
                observed == null ? Standing.NEVER : observed.toEpochMilli(),
                "failed".equalsIgnoreCase(event.eventName())));
    }

    private void sample(
            MessageTraceEvent event, RecipientKey key, Reply reply, Standing.Charge charge, long progressMs) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), charge.connector());
        pending.addSample(Windows.evaluationMinute(progressMs), connector, FailureSamples.of(key, event, reply));
    }

    private void advance(SourceState to, int budget) {
        source.put(ONLY, to.reached(timers.run(to.wantedMs(), budget, recipients::due)));
    }

    /** Sends what waits, and then how far that reaches. */
    private void flush() {
        facts.refresh();
        if (state().progressMs() < state().wantedMs()) {
            advance(state(), TIMER_BUDGET);
        }
        SourceState state = state();
        long nowMs = context.currentSystemTimeMs();
        pending.drain(
                delta -> context.forward(new Record<>(delta.connector(), new TrackerOutput.ToMonitor(delta), nowMs)));
        if (state.emitted() || state.progressMs() == Standing.NEVER) {
            return;
        }
        int partition = context.taskId().partition();
        Heartbeat heartbeat =
                new Heartbeat(partition, sourceCount, state.progressMs(), state.ended(), state.spokenMs());
        context.forward(new Record<>(EVERYWHERE, new TrackerOutput.ToMonitor(heartbeat), nowMs));
        PipelineProgress progress = new PipelineProgress(
                PipelineProgress.Stage.TRACKER,
                partition,
                Instant.ofEpochMilli(state.progressMs()),
                state.ended(),
                state.accounting());
        context.forward(new Record<>(EVERYWHERE, new TrackerOutput.Progress(progress), nowMs));
        source.put(ONLY, state.told());
    }
}
