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
import io.mailflow.schema.Platform;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import io.mailflow.tracker.RecipientKey.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
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

    private static final Accounting NOT_AN_ATTEMPT = new Accounting(0, 0, 1, 0, 0);

    private final Replies replies = new Replies();
    private final TimeSettings time;
    private final int sourceCount;
    private final Duration flushInterval;

    private ProcessorContext<ConnectorKey, TrackerOutput> context;
    private KeyValueStore<RecipientKey, RecipientMemory> recipients;
    private KeyValueStore<Integer, SourceState> source;
    private WindowStore<Bytes, byte[]> seenSuccesses;
    private WindowStore<Bytes, byte[]> seenFailures;
    private Timers timers;
    private Registry registry;
    private Connectors connectors;
    private Ledger ledger;
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
        recipients = context.getStateStore(StoreNames.RECIPIENTS);
        source = context.getStateStore(StoreNames.SOURCE);
        seenSuccesses = context.getStateStore(StoreNames.SEEN_SUCCESSES);
        seenFailures = context.getStateStore(StoreNames.SEEN_FAILURES);
        timers = new Timers(context.getStateStore(StoreNames.TIMERS));
        ReadOnlyKeyValueStore<Registry.Key, ConnectorEntry> entries = context.getStateStore(StoreNames.REGISTRY);
        registry = new Registry(entries);
        connectors = new Connectors(registry);
        pending = new PendingDeltas(
                context.getStateStore(StoreNames.PENDING_DELTAS), context.taskId().partition());
        KeyValueStore<MessageKey, MessageMemory> messages = context.getStateStore(StoreNames.MESSAGES);
        ledger = new Ledger(messages, pending);
        context.schedule(flushInterval, PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }

    @Override
    public void process(Record<String, TraceRecord> message) {
        TraceRecord value = message.value();
        if (value instanceof MessageTraceEvent event) {
            track(event, message.timestamp());
        } else if (value instanceof ProgressMark mark) {
            advance(state().wanting(mark.progress().toEpochMilli()), TIMER_BUDGET);
        } else if (value instanceof EndOfInput end) {
            advance(state().endedAt(end.at().toEpochMilli()), Integer.MAX_VALUE);
            flush();
            context.commit();
        }
    }

    private SourceState state() {
        SourceState state = source.get(ONLY);
        return state == null ? SourceState.START : state;
    }

    private void track(MessageTraceEvent event, long producedMs) {
        long atMs = event.timestamp().toEpochMilli();
        if (atMs > producedMs + time.futureTolerance().toMillis()) {
            source.put(ONLY, state().plus(new Accounting(0, 0, 0, 0, 1)));
            throw new FutureEventException(event.timestamp(), Instant.ofEpochMilli(producedMs), time.futureTolerance());
        }
        Optional<RecipientKey> key = event.event() == EventClass.OTHER ? Optional.empty() : RecipientKey.of(event);
        Reply reply = replies.of(event);

        advance(state().wanting(atMs - time.reorderBound().toMillis()), TIMER_BUDGET);
        SourceState now = state();
        Accounting settled = key.map(recipient -> settle(event, recipient, reply, now.progressMs()))
                .orElse(NOT_AN_ATTEMPT);
        source.put(ONLY, now.plus(settled));
    }

    /** Does what the event asks for and says where it ends. */
    private Accounting settle(MessageTraceEvent event, RecipientKey key, Reply reply, long progressMs) {
        boolean inbound = event.connector() != null && registry.isInbound(event.tenant(), event.connector());
        if (Verdict.excludes(event, reply, inbound)) {
            return NOT_AN_ATTEMPT;
        }
        long atMs = event.timestamp().toEpochMilli();
        WindowStore<Bytes, byte[]> seen = event.event() == EventClass.SEND ? seenSuccesses : seenFailures;
        Bytes fingerprint = Fingerprint.of(key, event, reply.code());
        if (seen.fetch(fingerprint, atMs) != null) {
            return new Accounting(0, 1, 0, 0, 0);
        }
        RecipientMemory memory = recipients.get(key);
        ConnectorKey connector = connectors.resolve(event, key, reply, memory).connector();
        Verdict verdict = Verdict.of(event, reply, memory, connector.name());
        if (verdict == Verdict.NOT_AN_ATTEMPT) {
            return NOT_AN_ATTEMPT;
        }
        boolean late = atMs < progressMs - time.lateness().toMillis();
        if (late) {
            boolean changesQueue = memory != null || atMs >= progressMs - memorable(lifetimeMs(connector, event));
            LateEvent kept = new LateEvent(
                    event,
                    Instant.ofEpochMilli(progressMs),
                    Duration.ofMillis(progressMs - atMs),
                    changesQueue ? "queue" : "nothing");
            if (changesQueue) {
                fold(event, key, reply, memory, connector, verdict, progressMs);
            }
            context.forward(new Record<>(EVERYWHERE, new TrackerOutput.Late(kept), atMs));
            return new Accounting(0, 0, 0, 1, 0);
        }
        seen.put(fingerprint, new byte[0], atMs);
        RecipientMemory folded = fold(event, key, reply, memory, connector, verdict, progressMs);
        count(event, key, reply, folded, connector, verdict, progressMs);
        return new Accounting(1, 0, 0, 0, 0);
    }

    /** Folds the event into its recipient's memory and enters what that changed of the queue. */
    private @Nullable RecipientMemory fold(
            MessageTraceEvent event,
            RecipientKey key,
            Reply reply,
            @Nullable RecipientMemory memory,
            ConnectorKey connector,
            Verdict verdict,
            long progressMs) {
        if (memory == null && verdict == Verdict.DELIVERED) {
            return null;
        }
        RecipientMemory before = memory != null ? memory : RecipientMemory.unknown(lifetimeMs(connector, event));
        long atMs = event.timestamp().toEpochMilli();
        String name = connector.name();
        RecipientMemory after = switch (verdict) {
            case DELIVERED, CLOSED -> before.withClosing(atMs);
            case DEFERRED -> before.withDeferral(atMs, name, reply.code());
            case REJECTED -> before.withRejection(atMs, name, reply.code());
            case EXPIRED -> before.withExpiry(atMs, name, reply.code());
            case PENDING -> before.withPending(atMs, name);
            case FINAL -> before.withFinalStatus(atMs, "failed".equalsIgnoreCase(event.eventName()));
            case NOT_AN_ATTEMPT -> before;
        };
        if (event.connector() != null && verdict != Verdict.PENDING) {
            after = after.withNamedConnector(atMs, event.connector());
        }
        after = arm(key, after);
        if (memory == null) {
            ledger.remember(key.message(), 1);
        }
        ledger.enter(Windows.evaluationMinute(progressMs), key, before, after);
        recipients.put(key, after);
        return after;
    }

    /** Counts an attempt in its windows. */
    private void count(
            MessageTraceEvent event,
            RecipientKey key,
            Reply reply,
            @Nullable RecipientMemory memory,
            ConnectorKey connector,
            Verdict verdict,
            long progressMs) {
        long minute = Windows.evaluationMinute(progressMs);
        if (verdict == Verdict.DELIVERED) {
            ledger.delivered(minute, connector, event.timestamp().toEpochMilli());
        } else if (memory != null && (verdict == Verdict.DEFERRED || verdict == Verdict.REJECTED)) {
            recipients.put(key, ledger.failed(minute, connector, key, memory, event, reply));
        }
    }

    private long lifetimeMs(ConnectorKey connector, MessageTraceEvent event) {
        Optional<Duration> registered = registry.entry(connector).map(ConnectorEntry::lifetime);
        Duration usual = event.platform() == Platform.EXCHANGE_SERVER ? time.lifetimeServer() : time.lifetimeOnline();
        return registered.orElse(usual).toMillis();
    }

    /** How old a late event may be and still say something about a queue. */
    private long memorable(long lifetimeMs) {
        return Math.max(time.horizon().toMillis(), lifetimeMs + time.margin().toMillis());
    }

    /** Sets a timer for the next moment at which time alone changes something, unless an earlier one is set. */
    private RecipientMemory arm(RecipientKey key, RecipientMemory memory) {
        long dueMs = dueMs(memory);
        if (memory.timerMs() != RecipientMemory.NEVER && memory.timerMs() <= dueMs) {
            return memory;
        }
        timers.set(dueMs, key);
        return memory.withTimer(dueMs);
    }

    private long dueMs(RecipientMemory memory) {
        return memory.queued()
                .map(place -> place.deadlineMs() + time.margin().toMillis())
                .orElseGet(() -> forgetMs(memory));
    }

    private long forgetMs(RecipientMemory memory) {
        RecipientMemory.Expiry expiry = memory.expiry();
        // An expiry by the clock is remembered as long as an event would be: the next event may take it back.
        long lastMs = expiry == null ? memory.lastEventMs() : Math.max(memory.lastEventMs(), expiry.atMs());
        return lastMs + time.horizon().toMillis();
    }

    private void advance(SourceState to, int budget) {
        source.put(ONLY, to.reached(timers.run(to.wantedMs(), budget, this::due)));
    }

    private void due(long dueMs, RecipientKey key) {
        RecipientMemory memory = recipients.get(key);
        if (memory == null || memory.timerMs() != dueMs) {
            return;
        }
        RecipientMemory disarmed = memory.withTimer(RecipientMemory.NEVER);
        Optional<RecipientMemory.Queued> place = memory.queued();
        if (dueMs(memory) > dueMs) {
            recipients.put(key, arm(key, disarmed));
        } else if (place.isPresent()) {
            RecipientMemory expired = arm(key, disarmed.withClockExpiry(dueMs, place.get()));
            ledger.enter(Windows.evaluationMinute(dueMs), key, memory, expired);
            recipients.put(key, expired);
        } else {
            recipients.delete(key);
            ledger.remember(key.message(), -1);
        }
    }

    /** Sends what waits, and then how far that reaches. */
    private void flush() {
        SourceState state = state();
        long nowMs = context.currentSystemTimeMs();
        pending.drain(
                delta -> context.forward(new Record<>(delta.connector(), new TrackerOutput.ToMonitor(delta), nowMs)));
        if (state.emitted() || state.progressMs() == RecipientMemory.NEVER) {
            return;
        }
        int partition = context.taskId().partition();
        Heartbeat heartbeat = new Heartbeat(partition, sourceCount, state.progressMs(), state.ended());
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
