package io.mailflow.tracker;

import io.mailflow.tracker.RecipientKey.MessageKey;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of messages: there as long as one of their recipients is. The one that was asked for last is at
 * hand: an event asks more than once, and rows about one message mostly come together.
 */
final class Messages {

    private final KeyValueStore<MessageKey, MessageMemory> store;
    private @Nullable MessageKey last;
    private MessageMemory memoryOfLast = MessageMemory.NONE;

    Messages(KeyValueStore<MessageKey, MessageMemory> store) {
        this.store = store;
    }

    MessageMemory get(MessageKey message) {
        if (!message.equals(last)) {
            MessageMemory memory = store.get(message);
            memoryOfLast = memory == null ? MessageMemory.NONE : memory;
            last = message;
        }
        return memoryOfLast;
    }

    /** Keeps what is remembered of a message now; with its last recipient all of it goes. */
    void put(MessageKey message, MessageMemory memory) {
        last = null;
        if (memory.remembered() <= 0) {
            store.delete(message);
        } else {
            store.put(message, memory);
            memoryOfLast = memory;
            last = message;
        }
    }
}
