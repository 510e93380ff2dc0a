package io.mailflow.tracker;

import io.mailflow.tracker.Tallies.Presence;
import io.mailflow.tracker.Tallies.Route;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tallies while one event is entered. It may move thousands of attempts at once, so what is looked at for each of them
 * takes no longer for the others: the tallies are copied once, and each connector is summed up once.
 */
final class OpenTallies {

    private final Tallies before;
    private @Nullable TreeMap<Route, SortedMap<Long, Long>> after;
    private final Map<Route, SortedMap<Long, Long>> copied = new HashMap<>();
    private final Map<String, SortedMap<Long, Long>> byConnector = new HashMap<>();

    OpenTallies(Tallies before) {
        this.before = before;
    }

    /** Presence with one connector and code. */
    Presence presence(String connector, String code, long atMs) {
        return Presence.in(byRoute().getOrDefault(new Route(connector, code), Collections.emptySortedMap()), atMs);
    }

    /** Presence with one connector and any code. */
    Presence presence(String connector, long atMs) {
        return Presence.in(whole(connector), atMs);
    }

    /** So many more, or fewer, in the 5-minute window that contains {@code atMs}. */
    void add(String connector, String code, long atMs, long number) {
        long window = Windows.startOf(atMs, Windows.FIVE_MINUTES_MS);
        addOrDrop(whole(connector), window, number);
        Route route = new Route(connector, code);
        TreeMap<Route, SortedMap<Long, Long>> changed = after == null ? new TreeMap<>(before.byRoute()) : after;
        after = changed;
        SortedMap<Long, Long> windows = copied.computeIfAbsent(
                route, known -> new TreeMap<>(changed.getOrDefault(known, Collections.emptySortedMap())));
        addOrDrop(windows, window, number);
        if (windows.isEmpty()) {
            changed.remove(route);
        } else {
            changed.put(route, windows);
        }
    }

    /** What they came to. */
    Tallies close() {
        return after == null ? before : new Tallies(after);
    }

    /** Whether anything was added. */
    boolean isChanged() {
        return after != null;
    }

    private SortedMap<Route, SortedMap<Long, Long>> byRoute() {
        return after == null ? before.byRoute() : after;
    }

    /** No count is below zero, so where all codes together come to nothing, each does. */
    private SortedMap<Long, Long> whole(String connector) {
        return byConnector.computeIfAbsent(connector, name -> {
            SortedMap<Long, Long> whole = new TreeMap<>();
            for (Map.Entry<Route, SortedMap<Long, Long>> route :
                    byRoute().tailMap(new Route(name, "")).entrySet()) {
                if (!route.getKey().connector().equals(name)) {
                    break;
                }
                route.getValue().forEach((window, number) -> whole.merge(window, number, Long::sum));
            }
            return whole;
        });
    }

    private static void addOrDrop(SortedMap<Long, Long> counts, long window, long number) {
        long sum = counts.getOrDefault(window, 0L) + number;
        if (sum == 0) {
            counts.remove(window);
        } else {
            counts.put(window, sum);
        }
    }
}
