package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.schema.Destination;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.RecipientKey.MessageKey;
import io.mailflow.tracker.RecipientMemory.Expiry;
import io.mailflow.tracker.RecipientMemory.Queued;
import io.mailflow.tracker.Tallies.Presence;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/** Turns what changed of a recipient into the signed sums of its connector. */
final class Ledger {

    private final KeyValueStore<MessageKey, MessageMemory> messages;
    private final PendingDeltas pending;

    Ledger(KeyValueStore<MessageKey, MessageMemory> messages, PendingDeltas pending) {
        this.messages = messages;
        this.pending = pending;
    }

    /** One recipient more or less of the message is remembered; the last one takes the message with it. */
    void remember(MessageKey message, long change) {
        MessageMemory memory = memory(message).remember(change);
        if (memory.remembered() <= 0) {
            messages.delete(message);
        } else {
            messages.put(message, memory);
        }
    }

    private MessageMemory memory(MessageKey message) {
        MessageMemory memory = messages.get(message);
        return memory == null ? MessageMemory.NONE : memory;
    }

    /** Enters the difference of queue and expiry between two states of a recipient. */
    void enter(long minute, RecipientKey key, RecipientMemory before, RecipientMemory after) {
        Optional<Queued> was = before.queued();
        Optional<Queued> is = after.queued();
        if (!was.equals(is)) {
            was.ifPresent(place -> queued(minute, key, place, -1));
            is.ifPresent(place -> queued(minute, key, place, 1));
        }
        Optional<Expiry> wasGivenUp = Optional.ofNullable(before.expiry());
        Optional<Expiry> isGivenUp = Optional.ofNullable(after.expiry());
        if (!wasGivenUp.equals(isGivenUp)) {
            wasGivenUp.ifPresent(expiry -> expired(minute, key, expiry, -1));
            isGivenUp.ifPresent(expiry -> expired(minute, key, expiry, 1));
        }
    }

    private void queued(long minute, RecipientKey key, Queued place, int change) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), place.connector());
        pending.addQueued(minute, connector, place.code(), place.sinceMs(), place.deadlineMs(), change);
        MessageMemory before = memory(key.message());
        MessageMemory after = before.withQueued(place.connector(), change);
        messages.put(key.message(), after);
        int wasQueued = before.isQueued(place.connector()) ? 1 : 0;
        int isQueued = after.isQueued(place.connector()) ? 1 : 0;
        if (wasQueued != isQueued) {
            pending.addQueuedMessages(minute, connector, isQueued - wasQueued);
        }
    }

    private void expired(long minute, RecipientKey key, Expiry expiry, int change) {
        ConnectorKey connector = new ConnectorKey(key.message().tenant(), expiry.connector());
        pending.addExpired(minute, connector, expiry.code(), expiry.atMs(), change);
    }

    /** Counts a delivered attempt. */
    void delivered(long minute, ConnectorKey connector, long atMs) {
        pending.addAttempts(minute, connector, AttemptSum.WHOLE_CONNECTOR, atMs, AttemptCounts.oneDelivered(atMs));
    }

    /**
     * Counts a failed attempt, and the message and recipient in every window they are new in.
     *
     * @return the recipient's memory with the attempt in it
     */
    RecipientMemory failed(
            long minute,
            ConnectorKey connector,
            RecipientKey key,
            RecipientMemory recipient,
            MessageTraceEvent event,
            Reply reply) {
        long atMs = event.timestamp().toEpochMilli();
        String code = reply.code();
        MessageMemory message = memory(key.message());
        String name = connector.name();

        Presence recipientWithCode = recipient.failed().presence(name, code, atMs);
        Presence recipientAtAll = recipient.failed().presence(name, atMs);
        Presence messageWithCode = message.failed().presence(name, code, atMs);
        Presence messageAtAll = message.failed().presence(name, atMs);

        SortedMap<String, Long> causes = reply.cause()
                .<SortedMap<String, Long>>map(cause -> new TreeMap<>(Collections.singletonMap(cause, 1L)))
                .orElseGet(Collections::emptySortedMap);
        pending.addAttempts(minute, connector, code, atMs, counts(messageWithCode, recipientWithCode, atMs, causes));
        pending.addAttempts(
                minute,
                connector,
                AttemptSum.WHOLE_CONNECTOR,
                atMs,
                counts(messageAtAll, recipientAtAll, atMs, Collections.emptySortedMap()));
        pending.addSample(minute, connector, sample(key, event, reply));
        if (!recipientWithCode.in5m()) {
            messages.put(key.message(), message.withFailure(name, code, atMs));
        }
        return recipient.withFailure(name, code, atMs);
    }

    private static AttemptCounts counts(
            Presence message, Presence recipient, long atMs, SortedMap<String, Long> causes) {
        return new AttemptCounts(
                0,
                1,
                message.in5m() ? 0 : 1,
                recipient.in5m() ? 0 : 1,
                message.in1h() ? 0 : 1,
                recipient.in1h() ? 0 : 1,
                message.in1d() ? 0 : 1,
                recipient.in1d() ? 0 : 1,
                message.ever() ? 0 : 1,
                recipient.ever() ? 0 : 1,
                atMs,
                atMs,
                RecipientMemory.NEVER,
                causes);
    }

    private static FailureSample sample(RecipientKey key, MessageTraceEvent event, Reply reply) {
        Optional<Destination> told = reply.destination();
        Optional<Destination> row = Optional.ofNullable(event.destination());
        return new FailureSample(
                reply.code(),
                event.timestamp().toEpochMilli(),
                key.message().id(),
                told.map(Destination::host).or(() -> row.map(Destination::host)).orElse(null),
                told.map(Destination::ip).or(() -> row.map(Destination::ip)).orElse(null),
                SampleText.of(event.reply()),
                1);
    }
}
