package io.mailflow.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.ProgressMark;
import io.mailflow.schema.TraceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceRecordsTest {

    private static final Serde<TraceRecord> SERDE = TraceRecords.serde();

    private static final String EVENT = "{\"tenant\":\"contoso\",\"timestamp\":\"2026-01-05T08:00:00Z\","
            + "\"event\":\"defer\",\"networkMessageId\":\"m1\",\"recipient\":\"ann@fabrikam.example\"}";

    @Test
    void shouldTakeARecordWithoutAKindForAnEvent() {
        assertThat(read(EVENT)).isInstanceOf(MessageTraceEvent.class);
        assertThat(read(EVENT.replace("{\"tenant\"", "{\"record\":\"event\",\"tenant\"")))
                .isEqualTo(read(EVENT));
    }

    @Test
    void shouldReadWhatItWrote() {
        Instant at = Instant.parse("2026-01-05T08:00:00Z");
        for (TraceRecord value : new TraceRecord[] {read(EVENT), new ProgressMark(at), new EndOfInput(at)}) {
            assertThat(SERDE.deserializer().deserialize("", SERDE.serializer().serialize("", value)))
                    .isEqualTo(value);
        }
    }

    @Test
    void shouldRefuseNothingAtAll() {
        assertThatThrownBy(() -> SERDE.deserializer().deserialize("", null))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("empty value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"defer\"|\"deferred\"|deferred",
                "\"defer\"|1|EventClass",
                "{\"tenant\"|{\"record\":\"evnt\",\"tenant\"|event, progress or end",
                "\"networkMessageId\"|\"internalMessageId\"|no message identity",
                "\"networkMessageId\":\"m1\"|\"networkMessageId\":\"\"|networkMessageId is empty",
                "\"tenant\":\"contoso\",|``|tenant is missing",
                "\"tenant\":\"contoso\"|\"tenant\":\"\"|tenant is empty",
                "\"recipient\":\"ann@fabrikam.example\"|\"recipient\":null|recipient is missing",
                "2026-01-05|0001-01-01|timestamp",
                "2026-01-05|+99999-01-01|timestamp",
                "2026-01-05|1969-12-31|timestamp",
                "\"recipient\"|\"observedAt\":\"+999999999-12-31T23:59:59Z\",\"recipient\"|observedAt",
            })
    void shouldRefuseWithAReason(String part, String instead, String reason) {
        String broken = EVENT.replace(part, instead == null ? "" : instead);

        assertThat(broken).isNotEqualTo(EVENT);
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldRefuseASecondRecordBehindTheFirst() {
        assertThatThrownBy(() -> read(EVENT + EVENT)).isInstanceOf(SerializationException.class);
    }

    @Test
    void shouldRefuseMarksWithoutATime() {
        assertThatThrownBy(() -> read("{\"record\":\"progress\"}")).hasMessageContaining("progress is missing");
        assertThatThrownBy(() -> read("{\"record\":\"end\"}")).hasMessageContaining("at is missing");
    }

    @Test
    void shouldTakeTheLongestNameAndRefuseALongerOne() {
        String longest = "m".repeat(TraceRecords.LONGEST_NAME);

        assertThat(read(EVENT.replace("m1", longest))).isInstanceOf(MessageTraceEvent.class);
        assertThatThrownBy(() -> read(EVENT.replace("m1", longest + "m")))
                .hasMessageContaining("networkMessageId has 1025 characters");
    }

    @Test
    void shouldRefuseWhatOnlyWantsToExhaustTheReader() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> read(EVENT.replace("}", ",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}")))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> read(EVENT.replace("m1", "m".repeat(2 << 20))))
                .isInstanceOf(SerializationException.class);
    }

    private static TraceRecord read(String json) {
        return SERDE.deserializer().deserialize("", json.getBytes(StandardCharsets.UTF_8));
    }
}
