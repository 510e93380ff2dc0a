package io.mailflow.tracker;

import static io.mailflow.tracker.Events.START;
import static io.mailflow.tracker.Events.deferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.MessageTraceEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No record on a topic, be it a delta or what a store's changelog takes, outgrows the limit of a topic. */
class LimitsTest {

    private static final int LIMIT = 1 << 20;

    private final Random random = new Random(1);

    @TempDir
    Path stateDir;

    private TrackerDriver tracker;

    @BeforeEach
    void start() {
        tracker = new TrackerDriver(stateDir);
    }

    @AfterEach
    void stop() {
        tracker.close();
    }

    @Test
    void shouldSendManySumsInParts() {
        for (int i = 0; i < 2_000; i++) {
            String reply = "4%02d 4.1.%d Refused ".formatted(i % 100, i / 100) + name(400);
            tracker.send(deferred(0).message(i + name(1_000)).reply(reply).get());
        }
        tracker.end(START.plusSeconds(60));

        List<ConnectorDelta> deltas = tracker.messages().stream()
                .filter(message -> message instanceof ConnectorDelta)
                .map(ConnectorDelta.class::cast)
                .toList();
        assertThat(deltas)
                .hasSizeGreaterThan(5)
                .allSatisfy(delta -> assertThat(size(delta)).isLessThan(LIMIT));
        assertThat(tracker.sums().failed(Events.TO_SITE, "")).isEqualTo(2_000);
    }

    /** One recipient, or each time another one of the same message, on connectors that nobody has. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseWhatNoMailServerDoes(boolean sameRecipient) {
        for (int i = 0; i < 400; i++) {
            String recipient = sameRecipient ? "ann@fabrikam.example" : "ann" + i + "@fabrikam.example";
            MessageTraceEvent event =
                    deferred(i).to(recipient).on(i + name(1_000)).get();
            tracker.send(event);
        }
        tracker.end(START.plusSeconds(600));

        List<String> letters = tracker.deadLetters();
        int refused = letters.size();
        assertThat(refused).isBetween(150, 320);
        assertThat(letters).allMatch(reason -> reason.contains("too many different connectors"));
        assertThat(tracker.accounting()).isEqualTo(new Accounting(400 - refused, 0, 0, 0, 0));
        assertThat(tracker.largestMemory()).isLessThan(LIMIT);
    }

    /** Failures without a connector take little room, until an event gives all of them the longest name there is. */
    @Test
    void shouldRefuseANameThatMakesWhatIsRememberedEndless() {
        for (int i = 0; i < 400; i++) {
            String reply = "4%02d 4.1.%d Refused".formatted(i % 100, i / 100);
            tracker.send(deferred(i).unnamed().reply(reply).get());
        }
        tracker.send(deferred(400).on("\u90f5".repeat(1_000)).get());
        tracker.end(START.plusSeconds(600));

        assertThat(tracker.deadLetters()).singleElement().asString().contains("too many different connectors");
        assertThat(tracker.accounting()).isEqualTo(new Accounting(400, 0, 0, 0, 0));
        assertThat(tracker.largestMemory()).isLessThan(LIMIT);
    }

    /** What one event moves takes no longer for each of them than for one; so no event holds up the others. */
    @Test
    void shouldMoveThousandsOfAttemptsAtOnce() {
        int attempts = 2_000;
        for (int i = 0; i < attempts; i++) {
            String reply = "4%02d 4.1.%d Refused".formatted(i % 100, i / 100);
            tracker.send(deferred(i).unnamed().reply(reply).get());
        }
        tracker.send(deferred(attempts).get());
        tracker.end(START.plusSeconds(attempts + 600));

        Sums sums = tracker.sums();
        assertThat(sums.ever(Events.TO_SITE, "")).containsExactly(0L, attempts + 1L, 1L, 1L);
        assertThat(sums.ever(ConnectorSource.UNKNOWN_CONNECTOR, "")).containsExactly(0L, 0L, 0L, 0L);
    }

    /** A newsletter to fifty thousand recipients whose servers refuse it. */
    @Test
    void shouldTakeAMessageOfAnySize() {
        for (int i = 0; i < 50_000; i++) {
            tracker.send(deferred(i % 60).to("ann" + i + "@fabrikam.example").get());
        }
        tracker.end(START.plusSeconds(60));

        assertThat(tracker.deadLetters()).isEmpty();
        assertThat(tracker.sums().ever(Events.TO_SITE, "")).containsExactly(0L, 50_000L, 1L, 50_000L);
        assertThat(tracker.largestMemory()).isLessThan(10_000);
    }

    private String name(int length) {
        StringBuilder name = new StringBuilder();
        random.ints(length, 'a', 'z').forEach(letter -> name.append((char) letter));
        return name.toString();
    }

    private static int size(ConnectorDelta delta) {
        return TrackerMessage.SERDE.serializer().serialize("any", delta).length;
    }
}
