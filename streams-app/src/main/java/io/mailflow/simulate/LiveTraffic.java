package io.mailflow.simulate;

import io.mailflow.schema.MessageTraceEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/**
 * The demo's world from the end of its history on: what was queued then is retried, delivered or given up, new mail comes
 * in and new trouble with it. Endless and in time order; the same seed and end of history give the same events, however
 * they are asked for.
 *
 * <p>Not for use by several threads.
 */
public final class LiveTraffic implements Iterator<MessageTraceEvent> {

    private final World world;
    private final Queue<MessageTraceEvent> ready = new ArrayDeque<>();

    /**
     * Goes on where {@link DemoHistory#write(java.nio.file.Path, Instant)} stopped.
     *
     * @param from the end of the history
     */
    public LiveTraffic(Instant from) {
        this(DemoHistory.SEED, from);
    }

    /**
     * Goes on where the history with this seed stopped.
     *
     * @param seed the history's seed
     * @param from the end of the history
     */
    public LiveTraffic(long seed, Instant from) {
        this(new World(DemoScenario.of(seed), from.minus(DemoScenario.HISTORY)));
        skipTo(from);
    }

    LiveTraffic(World world) {
        this.world = world;
    }

    /** Always true: the traffic does not end. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public MessageTraceEvent next() {
        while (ready.isEmpty()) {
            ready.addAll(CanonicalEvents.of(world.next()));
        }
        return ready.remove();
    }

    /**
     * What happens before an instant and was not given yet.
     *
     * @param instant the end, exclusive
     * @return the events in time order; empty if there are none
     */
    public List<MessageTraceEvent> until(Instant instant) {
        List<MessageTraceEvent> events = new ArrayList<>();
        while (peek().timestamp().isBefore(instant)) {
            events.add(next());
        }
        return events;
    }

    /**
     * Leaves out what happens before an instant, for a demo that resumes after it was stopped: it happened, and nobody
     * logged it.
     *
     * @param instant the first instant that counts
     */
    public void skipTo(Instant instant) {
        ready.removeIf(event -> event.timestamp().isBefore(instant));
        while (ready.isEmpty() && world.peek().timestamp().isBefore(instant)) {
            world.next();
        }
    }

    private MessageTraceEvent peek() {
        while (ready.isEmpty()) {
            ready.addAll(CanonicalEvents.of(world.next()));
        }
        return ready.element();
    }
}
