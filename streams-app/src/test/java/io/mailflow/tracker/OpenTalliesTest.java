package io.mailflow.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.tracker.Tallies.Presence;
import io.mailflow.tracker.Tallies.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTalliesTest {

    private static final List<String> CONNECTORS = List.of("A", "AB", "B");
    private static final List<String> CODES = List.of("450 4.4.315", "450 4.4.316", "none");
    private static final long STEP_MS = 17 * Windows.MINUTE_MS;

    /** An attempt as it would be kept if room were no matter. */
    private record Single(Route route, long window) {}

    /** Against a plain count of everything, opened and closed now and then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldTellWhatIsThere(long seed) {
        Random random = new Random(seed);
        Map<Single, Long> plain = new HashMap<>();
        OpenTallies open = new OpenTallies(Tallies.NONE);
        for (int i = 0; i < 2_000; i++) {
            String connector = CONNECTORS.get(random.nextInt(CONNECTORS.size()));
            String code = CODES.get(random.nextInt(CODES.size()));
            long atMs = random.nextInt(300) * STEP_MS;
            Single single = new Single(new Route(connector, code), Windows.startOf(atMs, Windows.FIVE_MINUTES_MS));
            long there = plain.getOrDefault(single, 0L);
            long number = random.nextInt(3) > 0 && there > 0 ? -there : 1 + random.nextInt(2);
            open.add(connector, code, atMs, number);
            plain.merge(single, number, Long::sum);
            plain.values().removeIf(count -> count == 0);

            assertThat(open.presence(connector, code, atMs))
                    .isEqualTo(presence(plain, atMs, one -> one.route().equals(single.route())));
            assertThat(open.presence(connector, atMs))
                    .isEqualTo(
                            presence(plain, atMs, one -> one.route().connector().equals(connector)));
            if (random.nextInt(10) == 0) {
                open = new OpenTallies(open.close());
            }
        }
        Map<Single, Long> closed = new HashMap<>();
        open.close()
                .byRoute()
                .forEach((route, windows) ->
                        windows.forEach((window, number) -> closed.put(new Single(route, window), number)));
        assertThat(closed).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B"})
    void shouldLeaveAsItIsWhatWasOpened(String connector) {
        OpenTallies first = new OpenTallies(Tallies.NONE);
        first.add("A", "none", 0, 1);
        Tallies before = first.close();
        Tallies same = new OpenTallies(Tallies.NONE).close();

        OpenTallies open = new OpenTallies(before);
        open.add(connector, "none", 0, 1);
        open.add(connector, "none", STEP_MS, 1);

        assertThat(open.close()).isNotEqualTo(before);
        assertThat(before.byRoute().get(new Route("A", "none"))).containsExactly(Map.entry(0L, 1L));
        assertThat(same).isEqualTo(Tallies.NONE);
    }

    private static Presence presence(Map<Single, Long> plain, long atMs, Predicate<Single> which) {
        List<Long> windows =
                plain.keySet().stream().filter(which).map(Single::window).toList();
        return new Presence(
                windows.contains(Windows.startOf(atMs, Windows.FIVE_MINUTES_MS)),
                windows.stream().anyMatch(window -> sharesWindow(window, atMs, Windows.HOUR_MS)),
                windows.stream().anyMatch(window -> sharesWindow(window, atMs, Windows.DAY_MS)),
                !windows.isEmpty());
    }

    private static boolean sharesWindow(long window, long atMs, long sizeMs) {
        return Windows.startOf(window, sizeMs) == Windows.startOf(atMs, sizeMs);
    }
}
