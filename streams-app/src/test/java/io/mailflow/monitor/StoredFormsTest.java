package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.alerting.Episode;
import io.mailflow.monitor.QueueKey.Dimension;
import io.mailflow.monitor.QueueKey.Series;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StoredFormsTest {

    private static final ConnectorKey CONNECTOR = new ConnectorKey("contoso", "To on-premises");
    private static final CodeKey KEY = new CodeKey(CONNECTOR, "450 4.4.316");
    private static final Causes CAUSES = new Causes(new TreeMap<>(Map.of("connection-refused", 7L, "timeout", 2L)));
    private static final Evidence EVIDENCE = new Evidence(
            List.of(new Evidence.Message("id-1", 5)),
            List.of(new Evidence.Tally("mx.contoso.example", null, 3, "421 no", 5)),
            "421 no",
            5);
    private static final Instant EIGHT = Instant.parse("2026-01-05T08:00:00Z");

    @Test
    void keysComeBackAsTheyWere() {
        WindowRef window = new WindowRef(KEY, WindowSize.DAY, -86_400_000);
        assertComesBack(CodeKey.SERDE, KEY);
        assertComesBack(WaitingDeltas.Key.SERDE, new WaitingDeltas.Key(29_000_000, CONNECTOR, 17));
        assertComesBack(Windows.OpenWindow.SERDE, new Windows.OpenWindow(-1, window));
        for (Dimension dimension : Dimension.values()) {
            assertComesBack(QueueKey.SERDE, new QueueKey(new Series(KEY, dimension), EIGHT.toEpochMilli()));
        }
    }

    @Test
    void valuesComeBackAsTheyWere() {
        assertComesBack(WindowState.SERDE, WindowState.EMPTY);
        assertComesBack(WindowState.SERDE, new WindowState(1, 2, 3, 4, CAUSES, 5, 6, 7, 8, true));
        assertComesBack(
                SourcePosition.SERDE, new SourcePosition(EIGHT.toEpochMilli(), EIGHT.toEpochMilli() - 1, true, 12));
        assertComesBack(ConnectorState.SERDE, ConnectorState.EMPTY);
        assertComesBack(ConnectorState.SERDE, new ConnectorState(1, 2, 3, 4, 5, 6, new TreeMap<>()));
        assertComesBack(CodeState.SERDE, CodeState.EMPTY);
        assertComesBack(CodeState.SERDE, new CodeState(9, 8, 7, 6, 5, 4, 3, 2, CAUSES, EVIDENCE));
    }

    @Test
    void episodesComeBackAsTheyWere() {
        TreeMap<Reason, Instant> held = new TreeMap<>();
        held.put(Reason.CONNECTOR_DOWN, EIGHT);
        held.put(Reason.EXPIRY_RISK, EIGHT.plusSeconds(60));
        Episode open = new Episode(
                "id",
                3,
                "contoso",
                "To on-premises",
                "450 4.4.316",
                Severity.HIGH,
                List.of(Reason.CONNECTOR_DOWN),
                EIGHT.minusMillis(1),
                EIGHT,
                EIGHT.plusSeconds(60),
                2,
                null,
                Owner.OUR_ADMIN,
                held,
                true,
                null);
        assertComesBack(JsonSerde.of(Episode.class), open);
        Episode resolved = new Episode(
                "id",
                4,
                "contoso",
                "To on-premises",
                "450 4.4.316",
                Severity.CRITICAL,
                List.of(Reason.CONNECTOR_DOWN, Reason.EXPIRY_RISK),
                EIGHT,
                EIGHT,
                EIGHT,
                0,
                "connection-refused",
                Owner.SENDER,
                held,
                false,
                Resolution.GAVE_UP);
        assertComesBack(JsonSerde.of(Episode.class), resolved);
    }

    @Test
    void keysSortByTime() {
        Series series = new Series(KEY, Dimension.DEADLINE);
        assertThat(compare(QueueKey.SERDE, new QueueKey(series, -1), new QueueKey(series, 0)))
                .isNegative();
        assertThat(compare(QueueKey.SERDE, new QueueKey(series, 255), new QueueKey(series, 256)))
                .isNegative();
        assertThat(compare(
                        WaitingDeltas.Key.SERDE,
                        new WaitingDeltas.Key(Long.MIN_VALUE, CONNECTOR, 9),
                        new WaitingDeltas.Key(0, new ConnectorKey("", ""), 0)))
                .isNegative();
        WindowRef window = new WindowRef(KEY, WindowSize.HOUR, 0);
        assertThat(compare(
                        Windows.OpenWindow.SERDE,
                        new Windows.OpenWindow(window.finalMs(Duration.ofMinutes(10)), window),
                        new Windows.OpenWindow(window.finalMs(Duration.ofMinutes(11)), window)))
                .isNegative();
    }

    private static <T> void assertComesBack(Serde<T> serde, T value) {
        byte[] bytes = serde.serializer().serialize("any", value);
        assertThat(serde.deserializer().deserialize("any", bytes)).isEqualTo(value);
    }

    private static <T> int compare(Serde<T> serde, T left, T right) {
        return Arrays.compareUnsigned(
                serde.serializer().serialize("any", left), serde.serializer().serialize("any", right));
    }
}
