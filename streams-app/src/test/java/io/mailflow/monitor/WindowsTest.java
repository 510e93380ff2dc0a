package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.tracker.AttemptCounts;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

    private static final CodeKey KEY = new CodeKey(new ConnectorKey("contoso", "To on-premises"), "450 4.4.316");
    private static final long START = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
    private static final long WINDOW_MS = WindowSize.FIVE_MINUTES.sizeMs();
    private static final int WINDOWS = 5 * 288;
    private static final long NOW = START + WINDOWS * WINDOW_MS;

    private final Map<WindowSize, WindowStore<CodeKey, WindowState>> stores = stores();
    private final Windows windows = new Windows(
            stores, TestStores.keyValue(Windows.OpenWindow.SERDE, Serdes.ByteArray()), Duration.ofMinutes(10));

    private static Map<WindowSize, WindowStore<CodeKey, WindowState>> stores() {
        Map<WindowSize, WindowStore<CodeKey, WindowState>> stores = new EnumMap<>(WindowSize.class);
        for (WindowSize size : WindowSize.values()) {
            stores.put(size, TestStores.windows(size, CodeKey.SERDE, WindowState.SERDE));
        }
        return stores;
    }

    /** A failure that has lasted for five days; its first window tells when it began. */
    @Test
    void shouldNotKeepDaysInMemoryForAGlanceAtTheFirstFailure() {
        for (int i = 0; i < WINDOWS; i++) {
            long atMs = START + i * WINDOW_MS;
            windows.add(KEY, atMs, failed(atMs));
            windows.publish(atMs, false);
            windows.flush(atMs);
        }

        StandingAttempts attempts = new StandingAttempts(windows, KEY, NOW);
        assertThat(attempts.firstFailure(START, NOW - WINDOW_MS)).isEqualTo(START);

        // Nothing does this; it tells what is in memory from what is read.
        Objects.requireNonNull(stores.get(WindowSize.FIVE_MINUTES)).put(KEY, null, START);
        assertThat(attempts.firstFailure(START, NOW - WINDOW_MS)).isEqualTo(START + WINDOW_MS);
    }

    /** What is taken back far in the past and not written yet. */
    @Test
    void shouldSeeAChangeOfAWindowThatIsNotInMemoryAnyMore() {
        for (int i = 0; i < WINDOWS; i++) {
            long atMs = START + i * WINDOW_MS;
            windows.add(KEY, atMs, failed(atMs));
            windows.publish(atMs, false);
            windows.flush(atMs);
        }
        windows.add(KEY, START, counts(-1, Long.MAX_VALUE, Long.MIN_VALUE));

        StandingAttempts attempts = new StandingAttempts(windows, KEY, NOW);
        assertThat(attempts.firstFailure(START, NOW - WINDOW_MS)).isEqualTo(START + WINDOW_MS);
    }

    /** A failure of long ago stands, a newer one was taken back: no instant is told at which nothing happened. */
    @ParameterizedTest
    @CsvSource({"P5DT23H55M, P5DT23H55M", "P6DT5M, P6DT1H", "P88D, P88D", "P90D, ''"})
    void shouldTellTheNewestFailureThatStandsAsFarAsWindowsTell(Duration ago, String told) {
        long oldMs = NOW - ago.toMillis() + 7_000;
        long takenBackMs = NOW - Duration.ofHours(5).toMillis();
        windows.add(KEY, WindowSize.FIVE_MINUTES.startMs(oldMs), failed(oldMs));
        windows.add(KEY, takenBackMs, failed(takenBackMs));
        windows.add(KEY, takenBackMs, counts(-1, Long.MAX_VALUE, Long.MIN_VALUE));

        boolean exact = ago.toDays() < 6;
        OptionalLong expected = told.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(NOW - Duration.parse(told).toMillis() + (exact ? 7_000 : 0));
        assertThat(new StandingAttempts(windows, KEY, NOW).lastFailure(takenBackMs, 1))
                .isEqualTo(expected);
    }

    /** The newest that was ever counted is as old, and stands in its hour, or an older one does. */
    @ParameterizedTest
    @CsvSource({"P7D, false, P7D", "P7D, true, P7DT2H", "P89DT2H, false, P89DT2H", "P200D, true, P200D"})
    void shouldTellTheNewestFailureEverCountedIfItStands(Duration ago, boolean takenBack, Duration told) {
        long countedMs = NOW - ago.toMillis();
        long window = WindowSize.FIVE_MINUTES.startMs(countedMs);
        windows.add(KEY, window - Duration.ofHours(2).toMillis(), failed(countedMs));
        windows.add(KEY, window, failed(countedMs));
        if (takenBack) {
            windows.add(KEY, window, counts(-1, Long.MAX_VALUE, Long.MIN_VALUE));
        }

        assertThat(new StandingAttempts(windows, KEY, NOW).lastFailure(countedMs, 1))
                .hasValue(NOW - told.toMillis());
    }

    private static AttemptCounts failed(long atMs) {
        return counts(1, atMs, atMs);
    }

    private static AttemptCounts counts(long failed, long firstMs, long lastMs) {
        return new AttemptCounts(
                0, failed, failed, failed, 0, 0, 0, 0, 0, 0, firstMs, lastMs, Long.MIN_VALUE, new TreeMap<>());
    }
}
