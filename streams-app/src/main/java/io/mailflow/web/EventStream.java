package io.mailflow.web;

import io.javalin.http.sse.SseClient;
import io.mailflow.readmodel.AlertNews;
import io.mailflow.readmodel.Changes;
import io.mailflow.readmodel.ConnectorId;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who follows what changed, at most twice a second. Each follower is written to on its own, so that a
 * slow one holds up nobody: what it misses meanwhile comes as one event later.
 */
final class EventStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long TICK_MS = 500;
    private static final int TICKS_BETWEEN_COMMENTS = 30;
    private static final int MOST_FOLLOWERS = 500;
    private static final int MOST_CONNECTORS = 500;

    private final Program program;
    private final ReadModel model;
    private final AtomicReference<Changes> waiting = new AtomicReference<>(Changes.NONE);
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticking =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "events"));
    private final ExecutorService sending = Executors.newCachedThreadPool(task -> daemon(task, "events-send"));
    private int ticks;
    private @Nullable StateChange told;

    private @Nullable Encoded newest;

    private record Encoded(Changes changes, String json) {}

    private record StateChange(ReadState state, @Nullable String reason) {}

    private record ChangesEvent(
            long version,
            @Nullable Instant asOf,
            @Nullable Set<ConnectorId> connectors,
            List<AlertNews> alerts,
            Set<String> incidents,
            boolean pipeline) {}

    EventStream(Program program, ReadModel model) {
        this.program = program;
        this.model = model;
    }

    void start() {
        ScheduledFuture<?> unused =
                ticking.scheduleWithFixedDelay(this::tickOn, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** Takes news in; returns at once. */
    void accept(Changes changes) {
        waiting.accumulateAndGet(changes, Changes::and);
    }

    /** Followers now. */
    int followers() {
        return followers.size();
    }

    void join(SseClient client) {
        if (followers.size() >= MOST_FOLLOWERS) {
            client.sendEvent("state", json(new StateChange(program.state(), "too many callers follow already")));
            client.close();
            return;
        }
        Follower follower = new Follower(client);
        client.keepAlive();
        client.onClose(() -> followers.remove(follower));
        // Among the followers before it is told anything, so that it misses nothing; busy, so that this comes first.
        follower.busy.set(true);
        followers.add(follower);
        try {
            client.sendEvent("state", json(state()));
        } finally {
            follower.busy.set(false);
        }
    }

    private StateChange state() {
        return new StateChange(program.state(), program.reason());
    }

    /** One that fails must not be the last one. */
    private void tickOn() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("Followers could not be told", e);
        }
    }

    private void tick() {
        Changes changes = waiting.getAndSet(Changes.NONE);
        StateChange state = state();
        boolean turned = !state.equals(told);
        told = state;
        ticks++;
        boolean comment = ticks % TICKS_BETWEEN_COMMENTS == 0;
        for (Follower follower : followers) {
            follower.news(changes, turned ? state : null, comment);
        }
    }

    private static String json(Object data) {
        return new String(Answers.bytes(data), StandardCharsets.UTF_8);
    }

    /** The event of some changes, made once for all followers that have seen everything before them. */
    @SuppressWarnings("ReferenceEquality") // The same changes, which all of them were handed; comparing costs more.
    private synchronized String event(Changes changes) {
        Encoded event = newest;
        if (event == null || event.changes() != changes) {
            event = new Encoded(changes, json(changesEvent(changes)));
            newest = event;
        }
        return event.json();
    }

    private ChangesEvent changesEvent(Changes changes) {
        return new ChangesEvent(
                model.version(),
                model.asOf(),
                changes.connectors().size() > MOST_CONNECTORS ? null : changes.connectors(),
                changes.alerts(),
                changes.incidents(),
                changes.pipeline());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        ticking.shutdownNow();
        followers.forEach(follower -> follower.client.close());
        sending.shutdownNow();
    }

    private final class Follower {

        private final SseClient client;
        private final AtomicReference<Changes> unsent = new AtomicReference<>(Changes.NONE);
        private final AtomicReference<@Nullable StateChange> turn = new AtomicReference<>();
        private final AtomicBoolean busy = new AtomicBoolean();

        Follower(SseClient client) {
            this.client = client;
        }

        void news(Changes changes, @Nullable StateChange turned, boolean comment) {
            Changes held = unsent.accumulateAndGet(changes, Changes::and);
            if (turned != null) {
                turn.set(turned);
            }
            boolean something = comment || turn.get() != null || !held.isEmpty();
            if (something && busy.compareAndSet(false, true)) {
                sending.execute(() -> send(comment));
            }
        }

        private void send(boolean comment) {
            try {
                StateChange turned = turn.getAndSet(null);
                if (turned != null) {
                    client.sendEvent("state", json(turned));
                }
                sendChanges();
                if (comment) {
                    client.sendComment("still here");
                }
                if (client.terminated()) {
                    followers.remove(this);
                }
            } catch (RuntimeException e) {
                LOG.error("A follower could not be told", e);
            } finally {
                busy.set(false);
            }
        }

        private void sendChanges() {
            Changes changes = unsent.getAndSet(Changes.NONE);
            if (changes.isEmpty()) {
                return;
            }
            String event;
            try {
                event = event(changes);
            } catch (RuntimeException e) {
                // With the next ones: a database that fails for a moment hides nothing for good.
                unsent.updateAndGet(changes::and);
                throw e;
            }
            client.sendEvent("changes", event);
        }
    }
}
