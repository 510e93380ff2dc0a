package io.mailflow.monitor;

import io.mailflow.alerting.Episode;
import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Everything the monitor holds about connectors. Changes are seen at once but written together by {@link #flush};
 * {@link #reload} drops them instead, so that a step that fails leaves nothing half done.
 */
final class MonitorState {

    /** How long expired recipients are remembered one by one: the hour they are counted in, and some. */
    private static final long EXPIRED_REMEMBERED_MS = Duration.ofMinutes(70).toMillis();

    private final KeyValueStore<ConnectorKey, ConnectorState> connectorStore;
    private final KeyValueStore<CodeKey, Episode> episodeStore;
    private final Windows windows;
    private final QueueIndex queue;
    private final Duration quiet;

    private final Map<ConnectorKey, ConnectorState> connectors = new HashMap<>();
    private final SortedMap<ConnectorKey, SortedMap<String, Episode>> episodes = new TreeMap<>();
    private final SortedSet<ConnectorKey> restless = new TreeSet<>();
    private final SortedSet<ConnectorKey> changed = new TreeSet<>();
    private final SortedMap<CodeKey, Episode> openedOrChanged = new TreeMap<>();
    private final SortedSet<CodeKey> resolved = new TreeSet<>();

    /**
     * State in its stores.
     *
     * @param quiet time without failure after which a code's next failure begins anew
     */
    MonitorState(
            KeyValueStore<ConnectorKey, ConnectorState> connectorStore,
            KeyValueStore<CodeKey, Episode> episodeStore,
            Windows windows,
            QueueIndex queue,
            Duration quiet) {
        this.connectorStore = connectorStore;
        this.episodeStore = episodeStore;
        this.windows = windows;
        this.queue = queue;
        this.quiet = quiet;
    }

    /** Reads everything anew. Every connector counts as restless until its next verdict. */
    void reload() {
        windows.forget();
        queue.forget();
        connectors.clear();
        episodes.clear();
        restless.clear();
        changed.clear();
        openedOrChanged.clear();
        resolved.clear();
        try (KeyValueIterator<ConnectorKey, ConnectorState> all = connectorStore.all()) {
            all.forEachRemaining(stored -> {
                connectors.put(stored.key, stored.value);
                restless.add(stored.key);
            });
        }
        try (KeyValueIterator<CodeKey, Episode> all = episodeStore.all()) {
            all.forEachRemaining(stored -> episodes.computeIfAbsent(stored.key.connector(), key -> new TreeMap<>())
                    .put(stored.key.code(), stored.value));
        }
    }

    /**
     * Adds what changed in one minute.
     *
     * @param beforeMs the instant of the evaluation before; expiries long before it are of no interest
     */
    void apply(ConnectorKey connector, MinuteSum sum, long beforeMs) {
        connectors.put(connector, get(connector).plus(sum, quiet));
        changed.add(connector);
        sum.attempts()
                .forEach((code, byWindow) -> byWindow.forEach(
                        (window, counts) -> windows.add(new CodeKey(connector, code), window, counts)));
        sum.queued().forEach(queued -> {
            CodeKey key = new CodeKey(connector, queued.code());
            queue.add(new Series(key, Dimension.DEADLINE), queued.deadlineMs(), queued.recipients());
            queue.add(new Series(key, Dimension.SINCE), queued.sinceMs(), queued.recipients());
        });
        sum.expired().forEach(gone -> {
            if (gone.atMs() >= expiredFromMs(beforeMs)) {
                CodeKey key = new CodeKey(connector, gone.code());
                queue.add(new Series(key, Dimension.EXPIRED), gone.atMs(), gone.recipients());
            }
        });
    }

    /** The connector, empty if nothing was heard of it. */
    ConnectorState get(ConnectorKey connector) {
        return connectors.getOrDefault(connector, ConnectorState.EMPTY);
    }

    /** Every connector anything was heard of. */
    SortedSet<ConnectorKey> connectors() {
        return new TreeSet<>(connectors.keySet());
    }

    /** Connectors changed since the last flush. */
    SortedSet<ConnectorKey> changed() {
        return Collections.unmodifiableSortedSet(changed);
    }

    /** Connectors that must be judged at every minute. */
    SortedSet<ConnectorKey> restless() {
        return Collections.unmodifiableSortedSet(restless);
    }

    /** The connector's open episodes by code. */
    SortedMap<String, Episode> open(ConnectorKey connector) {
        return episodes.getOrDefault(connector, Collections.emptySortedMap());
    }

    /** Takes over what was judged about a connector. */
    void judged(ConnectorKey connector, Judge.Verdict verdict) {
        SortedMap<String, Episode> before = open(connector);
        SortedMap<String, Episode> after = verdict.open();
        before.keySet().stream()
                .filter(code -> !after.containsKey(code))
                .map(code -> new CodeKey(connector, code))
                .forEach(key -> {
                    openedOrChanged.remove(key);
                    resolved.add(key);
                });
        after.forEach((code, episode) -> {
            if (!episode.equals(before.get(code))) {
                CodeKey key = new CodeKey(connector, code);
                resolved.remove(key);
                openedOrChanged.put(key, episode);
            }
        });
        if (after.isEmpty()) {
            episodes.remove(connector);
        } else {
            episodes.put(connector, after);
        }
        if (verdict.needsEveryMinute() || remembersExpired(connector)) {
            restless.add(connector);
        } else {
            restless.remove(connector);
        }
    }

    /** Recipients queued on the connector. */
    boolean hasQueue(ConnectorKey connector) {
        return get(connector).codes().keySet().stream()
                .anyMatch(code -> queue.total(new Series(new CodeKey(connector, code), Dimension.DEADLINE)) != 0);
    }

    /**
     * Writes everything.
     *
     * @param atMs event time up to which everything is in
     */
    void flush(long atMs) {
        TreeSet<ConnectorKey> withExpired = new TreeSet<>(restless);
        withExpired.addAll(changed);
        withExpired.forEach(connector -> get(connector)
                .codes()
                .keySet()
                .forEach(code ->
                        queue.drop(new Series(new CodeKey(connector, code), Dimension.EXPIRED), expiredFromMs(atMs))));
        queue.flush();
        windows.flush(atMs);
        changed.forEach(connector -> connectorStore.put(connector, get(connector)));
        changed.clear();
        openedOrChanged.forEach(episodeStore::put);
        openedOrChanged.clear();
        resolved.forEach(episodeStore::delete);
        resolved.clear();
    }

    private boolean remembersExpired(ConnectorKey connector) {
        return get(connector).codes().keySet().stream()
                .anyMatch(code -> queue.total(new Series(new CodeKey(connector, code), Dimension.EXPIRED)) != 0);
    }

    private static long expiredFromMs(long atMs) {
        return atMs == Long.MIN_VALUE ? Long.MIN_VALUE : atMs - EXPIRED_REMEMBERED_MS;
    }
}
