package io.mailflow.monitor;

import io.mailflow.alerting.Episode;
import io.mailflow.tracker.ConnectorKey;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Episodes as silence alone has opened or raised them, beside those that progress has. Nothing that progress decides
 * looks at them. Changes are seen at once but written by {@link #flush}; {@link #reload} drops them instead.
 */
final class ProvisionalEpisodes {

    private final KeyValueStore<CodeKey, Episode> store;
    private final TreeMap<CodeKey, Episode> episodes = new TreeMap<>();
    private final Set<CodeKey> changed = new HashSet<>();

    ProvisionalEpisodes(KeyValueStore<CodeKey, Episode> store) {
        this.store = store;
    }

    /** Reads everything anew. */
    void reload() {
        changed.clear();
        episodes.clear();
        try (KeyValueIterator<CodeKey, Episode> all = store.all()) {
            all.forEachRemaining(entry -> episodes.put(entry.key, entry.value));
        }
    }

    /** All of them. */
    SortedMap<CodeKey, Episode> all() {
        return new TreeMap<>(episodes);
    }

    /** A connector's episodes by code: those that progress has, but for what silence has made of them. */
    SortedMap<String, Episode> over(ConnectorKey connector, SortedMap<String, Episode> confirmed) {
        TreeMap<String, Episode> both = new TreeMap<>(confirmed);
        episodes.tailMap(new CodeKey(connector, "")).entrySet().stream()
                .takeWhile(entry -> entry.getKey().connector().equals(connector))
                .forEach(entry -> both.put(entry.getKey().code(), entry.getValue()));
        return both;
    }

    void put(CodeKey key, Episode episode) {
        episodes.put(key, episode);
        changed.add(key);
    }

    void remove(CodeKey key) {
        episodes.remove(key);
        changed.add(key);
    }

    /** Writes what changed. */
    void flush() {
        for (CodeKey key : changed) {
            Episode episode = episodes.get(key);
            if (episode == null) {
                store.delete(key);
            } else {
                store.put(key, episode);
            }
        }
        changed.clear();
    }
}
