package io.mailflow.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.oracle.Expected;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Oracle;
import io.mailflow.oracle.OracleComparison;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import io.mailflow.schema.ProgressMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A late event changes the queue, also by what it says of events that are read after it. */
class LateDeliveryTest {

    private static final Instant READ_AT = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void shouldEndADeferralThatIsReadAfterIt() {
        Instant deferred = READ_AT.minus(Duration.ofMinutes(20));
        Instant end = READ_AT.plus(Duration.ofHours(8));
        List<Fed> input = List.of(
                new Fed(0, READ_AT, new ProgressMark(READ_AT)),
                new Fed(0, READ_AT, event(EventClass.SEND, deferred.plusSeconds(300), "250 2.0.0 OK")),
                new Fed(0, READ_AT, event(EventClass.DEFER, deferred, "450 4.4.317 Try later")),
                new Fed(0, end, new EndOfInput(end)));

        Expected expected = new Oracle(World.TIME, World.ALERTS, World.REGISTRY).expect(input, 1);

        assertThat(expected.recipients()).isEmpty();
        assertThat(OracleComparison.differences(
                        Program.run(World.CONFIG, World.REGISTRY, input, new Random(1)), expected))
                .isEmpty();
    }

    private static MessageTraceEvent event(EventClass type, Instant at, String reply) {
        return new MessageTraceEvent(
                "contoso",
                at,
                type,
                type.name(),
                "SMTP",
                "m1",
                null,
                null,
                null,
                "ann@onprem.example",
                "sender.example",
                "to-onprem",
                ConnectorSource.ROW,
                reply,
                null,
                null,
                Platform.EXCHANGE_ONLINE,
                null);
    }
}
