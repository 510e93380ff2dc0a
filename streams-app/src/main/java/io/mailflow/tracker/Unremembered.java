package io.mailflow.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Facts of recipients that are not remembered: successes, and closings that found nothing to close. By a fingerprint of
 * the recipient and by time, for the shorter horizon: a success read again is recognised, and a failure that was
 * overtaken by it on the way is not taken for the last word.
 */
final class Unremembered {

    private final WindowStore<Bytes, byte[]> store;

    Unremembered(WindowStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The same event, read before. */
    Optional<Fact> find(RecipientKey recipient, Fact fact) {
        return at(Fingerprint.of(recipient), fact.atMs()).stream()
                .filter(fact::isSameEvent)
                .findFirst();
    }

    /** Adds a fact, or replaces the same event. */
    void put(RecipientKey recipient, Fact fact) {
        Bytes fingerprint = Fingerprint.of(recipient);
        List<Fact> facts = new ArrayList<>(at(fingerprint, fact.atMs()));
        facts.removeIf(fact::isSameEvent);
        facts.add(fact);
        store.put(fingerprint, MemoryFormat.bytes(facts), fact.atMs());
    }

    /** What happened to the recipient at {@code fromMs} or later. */
    List<Fact> since(RecipientKey recipient, long fromMs) {
        List<Fact> facts = new ArrayList<>();
        try (WindowStoreIterator<byte[]> found =
                store.fetch(Fingerprint.of(recipient), Math.max(0, fromMs), Long.MAX_VALUE)) {
            while (found.hasNext()) {
                KeyValue<Long, byte[]> next = found.next();
                facts.addAll(MemoryFormat.facts(next.value));
            }
        }
        return facts;
    }

    private List<Fact> at(Bytes fingerprint, long atMs) {
        byte[] found = store.fetch(fingerprint, atMs);
        return found == null ? List.of() : MemoryFormat.facts(found);
    }
}
