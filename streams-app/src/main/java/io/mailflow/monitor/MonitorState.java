package io.mailflow.monitor;

import io.mailflow.alerting.Episode;
import io.mailflow.alerting.MissingHour;
import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import io.mailflow.tracker.ConnectorDelta;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Everything the monitor holds about connectors. Changes are seen at once but written together by {@link #flush};
 * {@link #reload} drops them instead, so that a step that fails leaves nothing half done.
 */
final class MonitorState {

    /** How long expired recipients are remembered one by one: the hour they are counted in, and some. */
    private static final long EXPIRED_REMEMBERED_MS = Duration.ofMinutes(70).toMillis();

    private static final long HOUR_MS = WindowSize.HOUR.sizeMs();

    /** Longer ago no hour of the last weeks can have been busy. */
    private static final long SILENCE_NOTICED_MS =
            Duration.ofDays(7L * MissingHour.WEEKS).toMillis() + 2 * HOUR_MS;

    private final KeyValueStore<ConnectorKey, ConnectorState> connectorStore;
    private final KeyValueStore<CodeKey, CodeState> codeStore;
    private final KeyValueStore<CodeKey, Episode> episodeStore;
    private final Windows windows;
    private final QueueIndex queue;
    private final Duration quiet;

    private final Map<ConnectorKey, ConnectorState> connectors = new HashMap<>();
    private final SortedMap<ConnectorKey, SortedMap<String, Episode>> episodes = new TreeMap<>();
    private final SortedSet<ConnectorKey> restless = new TreeSet<>();
    private final SortedSet<ConnectorKey> changed = new TreeSet<>();
    private final SortedSet<CodeKey> changedCodes = new TreeSet<>();
    private final SortedMap<CodeKey, Episode> openedOrChanged = new TreeMap<>();
    private final SortedSet<CodeKey> resolved = new TreeSet<>();
    private long newestAttemptMs = Long.MIN_VALUE;

    /**
     * State in its stores.
     *
     * @param quiet time without failure after which a code's next failure begins anew
     */
    MonitorState(
            KeyValueStore<ConnectorKey, ConnectorState> connectorStore,
            KeyValueStore<CodeKey, CodeState> codeStore,
            KeyValueStore<CodeKey, Episode> episodeStore,
            Windows windows,
            QueueIndex queue,
            Duration quiet) {
        this.connectorStore = connectorStore;
        this.codeStore = codeStore;
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
        changedCodes.clear();
        openedOrChanged.clear();
        resolved.clear();
        Map<ConnectorKey, SortedMap<String, CodeState>> codes = storedCodes();
        try (KeyValueIterator<ConnectorKey, ConnectorState> all = connectorStore.all()) {
            all.forEachRemaining(stored -> {
                connectors.put(
                        stored.key,
                        stored.value.withCodes(codes.getOrDefault(stored.key, Collections.emptySortedMap())));
                restless.add(stored.key);
                newestAttemptMs = Math.max(newestAttemptMs, stored.value.lastAttemptMs());
            });
        }
        try (KeyValueIterator<CodeKey, Episode> all = episodeStore.all()) {
            all.forEachRemaining(stored -> episodes.computeIfAbsent(stored.key.connector(), key -> new TreeMap<>())
                    .put(stored.key.code(), stored.value));
        }
    }

    private Map<ConnectorKey, SortedMap<String, CodeState>> storedCodes() {
        Map<ConnectorKey, SortedMap<String, CodeState>> codes = new HashMap<>();
        try (KeyValueIterator<CodeKey, CodeState> all = codeStore.all()) {
            all.forEachRemaining(stored -> codes.computeIfAbsent(stored.key.connector(), key -> new TreeMap<>())
                    .put(stored.key.code(), stored.value));
        }
        return codes;
    }

    /**
     * Adds what changed in one minute.
     *
     * @param atMs the instant of the evaluation it is for
     * @param beforeMs the instant of the evaluation before; expiries long before it are of no interest
     */
    void apply(ConnectorKey connector, MinuteSum sum, long atMs, long beforeMs) {
        SortedSet<String> queuedBefore = sum.queued().stream()
                .map(ConnectorDelta.QueueSum::code)
                .filter(code -> queued(connector, code) != 0)
                .collect(Collectors.toCollection(TreeSet::new));
        changed.add(connector);
        sum.codes().forEach(code -> changedCodes.add(new CodeKey(connector, code)));
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
        queuedBefore.removeIf(code -> queued(connector, code) != 0);
        ConnectorState now = get(connector).plus(sum, quiet).drained(queuedBefore, atMs);
        connectors.put(connector, now);
        newestAttemptMs = Math.max(newestAttemptMs, now.lastAttemptMs());
    }

    private long queued(ConnectorKey connector, String code) {
        return queue.total(new Series(new CodeKey(connector, code), Dimension.DEADLINE));
    }

    /** The connector, empty if nothing was heard of it. */
    ConnectorState get(ConnectorKey connector) {
        return connectors.getOrDefault(connector, ConnectorState.EMPTY);
    }

    /** Every connector anything was heard of. */
    SortedSet<ConnectorKey> connectors() {
        return new TreeSet<>(connectors.keySet());
    }

    /** Open episodes that no publication has paged anybody for. */
    SortedSet<CodeKey> unpaged() {
        TreeSet<CodeKey> unpaged = new TreeSet<>();
        episodes.forEach((connector, open) -> open.forEach((code, episode) -> {
            if (!episode.paged()) {
                unpaged.add(new CodeKey(connector, code));
            }
        }));
        return unpaged;
    }

    /** Somebody was paged for an open episode. */
    void paged(CodeKey key) {
        TreeMap<String, Episode> open = new TreeMap<>(open(key.connector()));
        Episode episode = open.computeIfPresent(key.code(), (code, unpaged) -> unpaged.withPage());
        if (episode != null) {
            episodes.put(key.connector(), open);
            openedOrChanged.put(key, episode);
        }
    }

    /** Connectors without an attempt in the hour that ends at an instant, but with one in the weeks before. */
    SortedSet<ConnectorKey> quietAt(long atMs) {
        TreeSet<ConnectorKey> quiet = new TreeSet<>();
        connectors.forEach((connector, known) -> {
            long lastMs = newestAttemptMs(connector, known, atMs);
            if (lastMs < atMs - HOUR_MS && lastMs >= atMs - SILENCE_NOTICED_MS) {
                quiet.add(connector);
            }
        });
        return quiet;
    }

    private long newestAttemptMs(ConnectorKey connector, ConnectorState known, long atMs) {
        if (known.lastAttemptMs() < atMs - HOUR_MS) {
            return known.lastAttemptMs();
        }
        return StandingAttempts.newest(windows, connector, known, atMs).attemptMs();
    }

    /** Whether any connector made an attempt so lately that its silence is noticed. */
    boolean mayBeSilentAt(long atMs) {
        return newestAttemptMs != Long.MIN_VALUE && newestAttemptMs >= atMs - SILENCE_NOTICED_MS;
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
        return get(connector).codes().keySet().stream().anyMatch(code -> queued(connector, code) != 0);
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
        changedCodes.forEach(key -> codeStore.put(key, get(key.connector()).code(key.code())));
        changedCodes.clear();
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
