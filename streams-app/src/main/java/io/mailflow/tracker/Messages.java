package io.mailflow.tracker;

import io.mailflow.tracker.RecipientKey.MessageKey;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is remembered of messages: there as long as one of their recipients is. */
final class Messages {

    private final KeyValueStore<MessageKey, MessageMemory> store;

    Messages(KeyValueStore<MessageKey, MessageMemory> store) {
        this.store = store;
    }

    MessageMemory get(MessageKey message) {
        MessageMemory memory = store.get(message);
        return memory == null ? MessageMemory.NONE : memory;
    }

    /** Changes what is remembered of a message; with its last recipient all of it goes. */
    void update(MessageKey message, UnaryOperator<MessageMemory> change) {
        MessageMemory memory = change.apply(get(message));
        if (memory.remembered() <= 0) {
            store.delete(message);
        } else {
            store.put(message, memory);
        }
    }
}
