package io.mailflow.tracker;

import io.mailflow.serde.BinarySerde;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * What is remembered of a message as a whole, so that it is counted once however many of its recipients fail.
 *
 * @param remembered recipients of it that are remembered
 * @param failed recipients that failed, by connector, code and 5-minute window
 * @param queued queued recipients by connector
 */
public record MessageMemory(long remembered, Tallies failed, SortedMap<String, Long> queued) {

    /** A message nothing is known of. */
    public static final MessageMemory NONE = new MessageMemory(0, Tallies.NONE, Collections.emptySortedMap());

    /** Its binary form. */
    public static final Serde<MessageMemory> SERDE = BinarySerde.of(
            1,
            (out, memory) -> {
                out.unsigned(memory.remembered);
                memory.failed.write(out);
                out.list(
                        memory.queued.entrySet(),
                        (o, queue) -> o.text(queue.getKey()).unsigned(queue.getValue()));
            },
            in -> {
                long remembered = in.unsigned();
                Tallies failed = Tallies.read(in);
                SortedMap<String, Long> queued = new TreeMap<>();
                in.list(i -> Map.entry(i.text(), i.unsigned()))
                        .forEach(queue -> queued.put(queue.getKey(), queue.getValue()));
                return new MessageMemory(remembered, failed, queued);
            });

    private static final int BYTES_PER_QUEUE = 5;

    public MessageMemory {
        queued = Collections.unmodifiableSortedMap(queued);
    }

    /** Room it takes, in bytes, as long as its names are of ASCII. */
    int room() {
        return failed.room()
                + queued.keySet().stream()
                        .mapToInt(connector -> connector.length() + BYTES_PER_QUEUE)
                        .sum();
    }

    /** One recipient more or less to remember. */
    MessageMemory remember(long recipients) {
        return new MessageMemory(remembered + recipients, failed, queued);
    }

    /** Its failed recipients are tallied like this now. */
    MessageMemory withFailed(Tallies tallies) {
        return new MessageMemory(remembered, tallies, queued);
    }

    /** Recipients entered or left the queue of a connector. */
    MessageMemory withQueued(String connector, long change) {
        SortedMap<String, Long> changed = new TreeMap<>(queued);
        long now = changed.getOrDefault(connector, 0L) + change;
        if (now == 0) {
            changed.remove(connector);
        } else {
            changed.put(connector, now);
        }
        return new MessageMemory(remembered, failed, changed);
    }

    /** Whether any recipient is queued on the connector. */
    boolean isQueued(String connector) {
        return queued.containsKey(connector);
    }
}
