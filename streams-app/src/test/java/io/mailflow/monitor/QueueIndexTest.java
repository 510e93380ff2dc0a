package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import io.mailflow.tracker.ConnectorKey;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueueIndexTest {

    private static final CodeKey KEY = new CodeKey(new ConnectorKey("contoso", "To on-premises"), "450 4.4.316");
    private static final long AT = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();

    private final KeyValueStore<QueueKey, Long> store = TestStores.keyValue(QueueKey.SERDE, Serdes.Long());
    private final QueueIndex queue = new QueueIndex(store);

    @ParameterizedTest
    @EnumSource
    void countsAreExactToTheMillisecond(Dimension dimension) {
        Series series = new Series(KEY, dimension);
        queue.add(series, AT - 1, 1);
        queue.add(series, AT, 10);
        queue.add(series, AT + 1, 100);

        assertExact(series);
        queue.flush();
        assertExact(series);
        queue.forget();
        assertExact(series);
    }

    private void assertExact(Series series) {
        assertThat(queue.before(series, AT - 1)).isZero();
        assertThat(queue.before(series, AT)).isEqualTo(1);
        assertThat(queue.before(series, AT + 1)).isEqualTo(11);
        assertThat(queue.upTo(series, AT - 1)).isEqualTo(1);
        assertThat(queue.upTo(series, AT)).isEqualTo(11);
        assertThat(queue.upTo(series, AT + 1)).isEqualTo(111);
        assertThat(queue.total(series)).isEqualTo(111);
        assertThat(queue.first(series)).hasValue(AT - 1);
    }

    @Test
    void leavesNoTraceOfWhatLeft() {
        Series series = new Series(KEY, Dimension.DEADLINE);
        queue.add(series, AT, 2);
        queue.add(series, AT + 90_000, 1);
        queue.flush();
        queue.add(series, AT, -2);
        assertThat(queue.first(series)).hasValue(AT + 90_000);
        queue.add(series, AT + 90_000, -1);
        assertThat(queue.total(series)).isZero();
        assertThat(queue.first(series)).isEmpty();
        queue.flush();
        try (var left = store.all()) {
            assertThat(left.hasNext()).isFalse();
        }
    }

    @Test
    void keepsConnectorsCodesAndDimensionsApart() {
        Series series = new Series(KEY, Dimension.DEADLINE);
        queue.add(series, AT, 1);
        queue.add(new Series(KEY, Dimension.SINCE), AT, 2);
        queue.add(new Series(new CodeKey(KEY.connector(), "450 4.4.31"), Dimension.DEADLINE), AT, 4);
        queue.add(
                new Series(new CodeKey(new ConnectorKey("contos", "oTo on-premises"), KEY.code()), Dimension.DEADLINE),
                AT,
                8);
        queue.flush();
        queue.forget();
        assertThat(queue.total(series)).isEqualTo(1);
        assertThat(queue.upTo(series, AT)).isEqualTo(1);
    }

    @Test
    void countsDeadlinesByTheHourWithItsEndAndWithoutItsStart() {
        Series series = new Series(KEY, Dimension.DEADLINE);
        queue.add(series, AT, 1);
        queue.add(series, AT + 1, 10);
        queue.add(series, AT + 3_600_000, 100);
        queue.add(series, AT + 5 * 3_600_000 + 1, 1_000);
        queue.add(series, AT + 7 * 3_600_000, 5);
        queue.add(series, AT + 7 * 3_600_000, -5);
        assertThat(queue.deadlinesByHour(KEY))
                .containsExactly(
                        Map.entry(Instant.parse("2026-01-05T11:00:00Z"), 1L),
                        Map.entry(Instant.parse("2026-01-05T12:00:00Z"), 110L),
                        Map.entry(Instant.parse("2026-01-05T17:00:00Z"), 1_000L));
    }

    @Test
    void dropsWhatIsBeforeAnInstantAndNothingElse() {
        Series series = new Series(KEY, Dimension.EXPIRED);
        for (long ms = AT - 120_000; ms <= AT + 120_000; ms += 30_000) {
            queue.add(series, ms, 1);
        }
        queue.drop(series, AT + 1);
        assertThat(queue.total(series)).isEqualTo(4);
        assertThat(queue.first(series)).hasValue(AT + 30_000);
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithAPlainMapWhateverHappens(Dimension dimension) {
        Random random = new Random(20260105);
        Series series = new Series(KEY, dimension);
        TreeMap<Long, Long> plain = new TreeMap<>();
        for (int step = 0; step < 2_000; step++) {
            long ms = AT + random.nextInt(10 * 60_000) - 5 * 60_000;
            if (random.nextInt(3) > 0 || plain.isEmpty()) {
                long recipients = 1L + random.nextInt(3);
                plain.merge(ms, recipients, Long::sum);
                queue.add(series, ms, recipients);
            } else {
                var gone = plain.ceilingEntry(ms) == null ? plain.firstEntry() : plain.ceilingEntry(ms);
                plain.remove(gone.getKey());
                queue.add(series, gone.getKey(), -gone.getValue());
            }
            if (random.nextInt(50) == 0) {
                queue.flush();
            }
            if (random.nextInt(200) == 0) {
                queue.flush();
                queue.forget();
            }
            long bound = random.nextBoolean() ? Math.floorDiv(ms, 60_000) * 60_000 : ms;
            long expected = plain.headMap(bound).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(queue.before(series, bound)).isEqualTo(expected);
            assertThat(queue.upTo(series, bound)).isEqualTo(expected + plain.getOrDefault(bound, 0L));
            if (!plain.isEmpty()) {
                assertThat(queue.first(series)).hasValue(plain.firstKey());
            }
        }
    }
}
