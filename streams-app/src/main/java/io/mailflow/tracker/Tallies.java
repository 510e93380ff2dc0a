package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something failed, by connector, code and 5-minute window: exact memory for distinct counts of every window
 * size, since hours and days are unions of 5-minute windows. Immutable.
 */
public record Tallies(SortedMap<Route, SortedMap<Long, Long>> byRoute) {

    /** Nothing failed yet. */
    public static final Tallies NONE = new Tallies(Collections.emptySortedMap());

    private static final int BYTES_PER_ROUTE = 5;
    private static final int BYTES_PER_WINDOW = 5;

    public Tallies {
        byRoute = Collections.unmodifiableSortedMap(byRoute);
    }

    /** A connector's name and a code. */
    public record Route(String connector, String code) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            int byConnector = connector.compareTo(other.connector);
            return byConnector != 0 ? byConnector : code.compareTo(other.code);
        }
    }

    /**
     * Whether anything is tallied in the windows that contain an instant.
     *
     * @param in5m in its 5-minute window
     * @param in1h in its hour
     * @param in1d in its day
     * @param ever at any time
     */
    public record Presence(boolean in5m, boolean in1h, boolean in1d, boolean ever) {

        /**
         * Presence at an instant.
         *
         * @param windows what is tallied, by start of the 5-minute window
         */
        static Presence in(SortedMap<Long, Long> windows, long atMs) {
            return new Presence(
                    windows.containsKey(Windows.startOf(atMs, Windows.FIVE_MINUTES_MS)),
                    anyWithin(windows, Windows.startOf(atMs, Windows.HOUR_MS), Windows.HOUR_MS),
                    anyWithin(windows, Windows.startOf(atMs, Windows.DAY_MS), Windows.DAY_MS),
                    !windows.isEmpty());
        }

        private static boolean anyWithin(SortedMap<Long, Long> windows, long start, long sizeMs) {
            return !windows.subMap(start, start + sizeMs).isEmpty();
        }

        /** 1 for what is there and was not, -1 for what was there and is not, else 0. */
        private static int change(boolean was, boolean is) {
            return (is ? 1 : 0) - (was ? 1 : 0);
        }

        /** How the number of distinct things changes where one goes from {@code before} to this. */
        Change since(Presence before) {
            return new Change(
                    change(before.in5m, in5m),
                    change(before.in1h, in1h),
                    change(before.in1d, in1d),
                    change(before.ever, ever));
        }
    }

    /**
     * Changes of the number of distinct things, each -1, 0 or 1.
     *
     * @param in5m in the 5-minute window
     * @param in1h in the hour
     * @param in1d in the day
     * @param ever at any time
     */
    record Change(int in5m, int in1h, int in1d, int ever) {}

    /** Room it takes, in bytes, as long as its names are of ASCII. */
    int room() {
        int room = BYTES_PER_ROUTE * byRoute.size();
        for (Route route : byRoute.keySet()) {
            room += route.connector().length() + route.code().length();
        }
        for (SortedMap<Long, Long> windows : byRoute.values()) {
            room += BYTES_PER_WINDOW * windows.size();
        }
        return room;
    }

    void write(BinaryOutput out) {
        out.list(byRoute.entrySet(), (o, route) -> {
            o.text(route.getKey().connector()).text(route.getKey().code());
            o.unsigned(route.getValue().size());
            long previous = 0;
            for (Map.Entry<Long, Long> window : route.getValue().entrySet()) {
                long index = window.getKey() / Windows.FIVE_MINUTES_MS;
                o.signed(index - previous).unsigned(window.getValue());
                previous = index;
            }
        });
    }

    static Tallies read(BinaryInput in) {
        SortedMap<Route, SortedMap<Long, Long>> byRoute = new TreeMap<>();
        long routes = in.unsigned();
        for (long i = 0; i < routes; i++) {
            Route route = new Route(in.text(), in.text());
            SortedMap<Long, Long> windows = new TreeMap<>();
            long count = in.unsigned();
            long index = 0;
            for (long j = 0; j < count; j++) {
                index += in.signed();
                windows.put(index * Windows.FIVE_MINUTES_MS, in.unsigned());
            }
            byRoute.put(route, windows);
        }
        return byRoute.isEmpty() ? NONE : new Tallies(byRoute);
    }
}
