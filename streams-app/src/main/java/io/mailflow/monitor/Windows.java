package io.mailflow.monitor;

import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The windows of every connector and code, and which of them are not final yet. Changes are seen at once but written
 * by {@link #flush}; {@link #forget} drops them instead.
 */
final class Windows {

    /** How long windows stay in memory after their end: the previous hour is looked at until the current one ends. */
    private static final long IN_MEMORY_MS = Duration.ofHours(3).toMillis();

    private static final byte[] OPEN = {};

    private final Map<WindowSize, WindowStore<CodeKey, WindowState>> stores;
    private final KeyValueStore<OpenWindow, byte[]> openStore;
    private final Duration lateness;
    private final Map<CodeKey, Map<WindowSize, Known>> known = new HashMap<>();
    private final SortedSet<WindowRef> changed = new TreeSet<>();
    private final SortedMap<WindowRef, WindowState> published = new TreeMap<>();
    private long sweptMs = Long.MIN_VALUE;

    /** Nothing open is final at or before this; spares reading over what was deleted. */
    private long finalThroughMs = Long.MIN_VALUE;

    /**
     * Windows in their stores.
     *
     * @param lateness how long after its end a window becomes final
     */
    Windows(
            Map<WindowSize, WindowStore<CodeKey, WindowState>> stores,
            KeyValueStore<OpenWindow, byte[]> openStore,
            Duration lateness) {
        this.stores = new EnumMap<>(stores);
        this.openStore = openStore;
        this.lateness = lateness;
    }

    /**
     * A window that was published and is not final yet; the order of serialized keys is that of their finality.
     *
     * @param finalMs when it becomes final
     * @param window the window
     */
    record OpenWindow(long finalMs, WindowRef window) {

        static final Serde<OpenWindow> SERDE = BinarySerde.key(
                (out, open) -> {
                    out.fixed(open.finalMs ^ Long.MIN_VALUE);
                    open.window.write(out);
                },
                in -> new OpenWindow(in.fixed() ^ Long.MIN_VALUE, WindowRef.read(in)));
    }

    /** The windows of one key and size that are in memory: all from an instant on, and some older ones. */
    private static final class Known {
        private final NavigableMap<Long, WindowState> byStart = new TreeMap<>();
        private long completeFromMs;

        Known(long completeFromMs) {
            this.completeFromMs = completeFromMs;
        }

        /** Takes out what ended before an instant; whether nothing is left. */
        boolean forgetBefore(long beforeMs, WindowSize size) {
            long firstKeptMs = beforeMs - size.sizeMs();
            byStart.headMap(firstKeptMs, false).clear();
            completeFromMs = Math.max(completeFromMs, firstKeptMs);
            return byStart.isEmpty();
        }
    }

    /** The window, empty if nothing is in it. */
    WindowState get(WindowRef window) {
        return get(known(window.key(), window.size(), window.startMs()), window);
    }

    /** Successive windows of one size that have something in them, in the order of time. */
    Collection<WindowState> get(CodeKey key, WindowSize size, long firstMs, long endMs) {
        Known inMemory = known(key, size, firstMs);
        if (firstMs < inMemory.completeFromMs) {
            try (WindowStoreIterator<WindowState> stored =
                    store(size).fetch(key, Math.max(0, firstMs), inMemory.completeFromMs - 1)) {
                stored.forEachRemaining(window -> inMemory.byStart.putIfAbsent(window.key, window.value));
            }
            inMemory.completeFromMs = firstMs;
        }
        return inMemory.byStart.subMap(firstMs, endMs).values();
    }

    /**
     * The same for who looks far back now and then: what is not in memory is read, and does not stay there. Of a failure
     * that has lasted for days, all windows between would.
     *
     * @return by start
     */
    NavigableMap<Long, WindowState> look(CodeKey key, WindowSize size, long firstMs, long endMs) {
        Known inMemory = known.getOrDefault(key, Map.of()).get(size);
        if (inMemory != null && firstMs >= inMemory.completeFromMs) {
            return inMemory.byStart.subMap(firstMs, true, endMs, false);
        }
        NavigableMap<Long, WindowState> found = new TreeMap<>();
        try (WindowStoreIterator<WindowState> stored = store(size).fetch(key, Math.max(0, firstMs), endMs - 1)) {
            stored.forEachRemaining(window -> found.put(window.key, window.value));
        }
        if (inMemory != null) {
            // Newer than what is stored.
            found.putAll(inMemory.byStart.subMap(firstMs, endMs));
        }
        return found;
    }

    private WindowState get(Known inMemory, WindowRef window) {
        WindowState state = inMemory.byStart.get(window.startMs());
        if (state != null) {
            return state;
        }
        WindowState stored = window.startMs() >= inMemory.completeFromMs
                ? null
                : store(window.size()).fetch(window.key(), window.startMs());
        if (stored == null) {
            return WindowState.EMPTY;
        }
        inMemory.byStart.put(window.startMs(), stored);
        return stored;
    }

    private Known known(CodeKey key, WindowSize size, long startMs) {
        return known.computeIfAbsent(key, unknown -> new EnumMap<>(WindowSize.class))
                .computeIfAbsent(size, unknown -> read(key, size, Math.max(0, startMs - IN_MEMORY_MS)));
    }

    private Known read(CodeKey key, WindowSize size, long fromMs) {
        Known read = new Known(fromMs);
        try (WindowStoreIterator<WindowState> stored = store(size).fetch(key, fromMs, Long.MAX_VALUE)) {
            stored.forEachRemaining(window -> read.byStart.put(window.key, window.value));
        }
        return read;
    }

    private void put(WindowRef window, WindowState state) {
        known(window.key(), window.size(), window.startMs()).byStart.put(window.startMs(), state);
    }

    /** Adds the changes of a 5-minute window to it, its hour and its day. */
    void add(CodeKey key, long window5m, AttemptCounts counts) {
        for (WindowSize size : WindowSize.values()) {
            WindowRef window = new WindowRef(key, size, size.startMs(window5m));
            put(window, get(window).plus(counts, size));
            changed.add(window);
        }
    }

    /**
     * Publishes every window that changed since the last time or that is final now.
     *
     * @param atMs event time up to which everything is in
     * @param ended nothing comes any more, so every window is final
     * @return the windows as published, by end, size and key
     */
    SortedMap<WindowRef, WindowState> publish(long atMs, boolean ended) {
        Collection<WindowRef> becomingFinal = becomingFinal(ended ? Long.MAX_VALUE : atMs);
        SortedSet<WindowRef> due = new TreeSet<>(changed);
        due.addAll(becomingFinal);
        for (WindowRef window : due) {
            boolean isFinal = ended || window.finalMs(lateness) <= atMs;
            WindowState state = get(window).published(isFinal);
            put(window, state);
            published.put(window, state);
        }
        changed.clear();
        return new TreeMap<>(published);
    }

    /** Writes what was published. */
    void flush(long atMs) {
        published.forEach((window, state) -> {
            store(window.size()).put(window.key(), state, window.startMs());
            OpenWindow open = new OpenWindow(window.finalMs(lateness), window);
            if (state.isFinal()) {
                openStore.delete(open);
            } else if (state.revision() == 1) {
                openStore.put(open, OPEN);
            }
        });
        published.clear();
        finalThroughMs = atMs;
        sweep(atMs);
    }

    /** Drops unwritten changes. */
    void forget() {
        known.clear();
        changed.clear();
        published.clear();
    }

    private Collection<WindowRef> becomingFinal(long atMs) {
        SortedSet<WindowRef> due = new TreeSet<>();
        try (KeyValueIterator<OpenWindow, byte[]> open = openStore.range(first(finalThroughMs), null)) {
            while (open.hasNext()) {
                OpenWindow next = open.next().key;
                if (next.finalMs > atMs) {
                    break;
                }
                due.add(next.window);
            }
        }
        return due;
    }

    /** Sorts before every window that becomes final at an instant. */
    private static OpenWindow first(long finalMs) {
        CodeKey least = new CodeKey(new ConnectorKey("", ""), "");
        return new OpenWindow(finalMs, new WindowRef(least, WindowSize.FIVE_MINUTES, 0));
    }

    private void sweep(long atMs) {
        if (sweptMs == Long.MIN_VALUE || atMs - sweptMs >= WindowSize.HOUR.sizeMs()) {
            known.values().removeIf(sizes -> {
                sizes.entrySet().removeIf(size -> size.getValue().forgetBefore(atMs - IN_MEMORY_MS, size.getKey()));
                return sizes.isEmpty();
            });
            sweptMs = atMs;
        }
    }

    private WindowStore<CodeKey, WindowState> store(WindowSize size) {
        WindowStore<CodeKey, WindowState> store = stores.get(size);
        if (store == null) {
            throw new IllegalStateException("no store for windows of " + size);
        }
        return store;
    }
}
