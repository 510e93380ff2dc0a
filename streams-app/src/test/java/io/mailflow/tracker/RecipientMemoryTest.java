package io.mailflow.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.ConnectorSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientMemoryTest {

    private static final long START = 1_767_600_000_000L;
    private static final long LIFETIME = 86_400_000;
    private static final long MARGIN = 1_800_000;

    /** What is put away as numbers leaves queue and expiry as they were. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldComeToTheSameWithAndWithoutItsSurplus(long seed) {
        Random random = new Random(seed);
        RecipientMemory whole = RecipientMemory.unknown(MARGIN);
        RecipientMemory memory = whole;
        long at = START;
        for (int i = 0; i < 300; i++) {
            at += random.nextInt(3_600_000);
            Fact fact = fact(random, at);
            whole = whole.with(fact);
            RecipientMemory grown = memory.with(fact);
            memory = grown.withoutSurplus(Reading.of(grown));

            Reading expected = Reading.of(whole);
            Reading found = Reading.of(memory);
            for (long nowMs : new long[] {at, at + LIFETIME + MARGIN}) {
                assertThat(found.queued(nowMs)).isEqualTo(expected.queued(nowMs));
                assertThat(found.expiry(nowMs)).isEqualTo(expected.expiry(nowMs));
            }
            assertThat(memory.facts().stream().filter(Fact::isTry).count())
                    .isLessThanOrEqualTo(RecipientMemory.ATTEMPTS_KEPT);
            assertThat(memory.facts().size()).isLessThanOrEqualTo(RecipientMemory.FACTS_KEPT);
        }
        assertThat(memory.past().untilMs()).isGreaterThan(START);
        assertThat(roundTrip(memory)).isEqualTo(memory);
    }

    @Test
    void shouldReadBackWhatItWrote() {
        RecipientMemory memory = RecipientMemory.unknown(MARGIN)
                .withStatus(new FinalStatus(Standing.NEVER, true))
                .with(new Fact(
                        START, Fact.Kind.FINAL, "none", "failed", null, "unknown", ConnectorSource.UNKNOWN, 1, false))
                .evaluatedAt(START)
                .withTimer(START + 1)
                .withFailed(tallies("a", "b", START, 2));

        assertThat(roundTrip(memory)).isEqualTo(memory);
    }

    @Test
    void shouldWriteEachNameOnce() {
        RecipientMemory memory = RecipientMemory.unknown(MARGIN);
        for (int i = 0; i < RecipientMemory.ATTEMPTS_KEPT; i++) {
            memory = memory.with(new Fact(
                    START + i * 600_000L,
                    Fact.Kind.DEFERRED,
                    "450 4.4.316",
                    "",
                    "connection-refused",
                    "To the head office on premises",
                    ConnectorSource.ROW,
                    LIFETIME,
                    true));
        }

        assertThat(RecipientMemory.SERDE.serializer().serialize("", memory).length)
                .isLessThan(600);
    }

    private static Tallies tallies(String connector, String code, long atMs, long number) {
        OpenTallies open = new OpenTallies(Tallies.NONE);
        open.add(connector, code, atMs, number);
        return open.close();
    }

    private static RecipientMemory roundTrip(RecipientMemory memory) {
        byte[] bytes = RecipientMemory.SERDE.serializer().serialize("", memory);
        return RecipientMemory.SERDE.deserializer().deserialize("", bytes);
    }

    private static Fact fact(Random random, long atMs) {
        List<Fact.Kind> kinds = List.of(
                Fact.Kind.DEFERRED,
                Fact.Kind.DEFERRED,
                Fact.Kind.DEFERRED,
                Fact.Kind.DEFERRED,
                Fact.Kind.SENT,
                Fact.Kind.FAILED,
                Fact.Kind.CLOSED,
                Fact.Kind.EXPIRED);
        String connector = List.of("A", "B", "C").get(random.nextInt(3));
        return new Fact(
                atMs,
                kinds.get(random.nextInt(kinds.size())),
                "450 4.4." + (315 + random.nextInt(2)),
                "",
                random.nextBoolean() ? "connection-refused" : null,
                connector,
                ConnectorSource.ROW,
                LIFETIME,
                true);
    }
}
