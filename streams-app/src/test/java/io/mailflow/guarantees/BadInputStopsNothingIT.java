package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import io.mailflow.schema.ConnectorHealth;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BadInputStopsNothingIT {

    private static final Instant END = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    private Path directory;

    @Test
    @Timeout(300)
    @DisplayName("BAD_INPUT_STOPS_NOTHING")
    void badInputStopsNothing() {
        List<byte[]> unreadable = Hostile.unreadable(1, LongForm.isWanted() ? 20_000 : 500);
        List<byte[]> strange = Hostile.strange(2, LongForm.isWanted() ? 50_000 : 2_000);
        List<Tape.Entry> entries = new ArrayList<>();
        for (byte[] value : unreadable) {
            entries.add(entry(entries.size(), value));
        }
        for (byte[] value : strange) {
            entries.add(entry(entries.size(), value));
        }
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, Setup.embedded());
                Replay replay = run.replay(new Tape(entries, Setup.SOURCES));
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            replay.writeAll();

            Awaitility.await("every record to end somewhere")
                    .atMost(OutcomeReader.END_WITHIN)
                    .until(() -> {
                        outputs.poll();
                        assertThat(run.isRunning()).as("the program runs").isTrue();
                        long letters = outputs.deadLetters();
                        return letters
                                        + outputs.accounted()
                                        - outputs.accounting().future()
                                == entries.size();
                    });
            Outcome outcome = outputs.outcome();
            Numbers.tell("BAD_INPUT_STOPS_NOTHING: %d hostile records, %d of them dead letters"
                    .formatted(entries.size(), outputs.deadLetters()));
            assertThat(outcome.of(Topics.DEAD_LETTERS))
                    .as("all unreadable records, byte for byte")
                    .containsAll(unreadable.stream().map(Outcome::bytes).toList());
        }
    }

    @Test
    @Timeout(300)
    @DisplayName("BAD_INPUT_STOPS_NOTHING: nothing grows without bound")
    void aFloodOfInventedNamesStopsNothing() {
        List<Tape.Entry> entries = Hostile.endless(30_000, 12_000).stream()
                .map(value -> new Tape.Entry(0, Hostile.KEY, value))
                .toList();
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, Setup.embedded());
                Replay replay = run.replay(new Tape(entries, Setup.SOURCES));
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            replay.writeAll();
            replay.end(END);

            Awaitility.await("the flood to end")
                    .atMost(OutcomeReader.END_WITHIN)
                    .until(() -> {
                        outputs.poll();
                        assertThat(run.failure()).as("what stops the program").isEmpty();
                        return outputs.hasEnded(END);
                    });
            // The topics are read beside each other: that of the dead letters may lag behind that of progress.
            outputs.readToEnd();
            Numbers.tell("BAD_INPUT_STOPS_NOTHING: a flood of %d invented names, %d counted, %d refused"
                    .formatted(entries.size(), outputs.accounting().counted(), outputs.deadLetters()));
            assertThat(outputs.accounted() + outputs.deadLetters()).isEqualTo(entries.size());
            ConnectorHealth flooded = outputs.outputs().health().stream()
                    .filter(health -> health.connector().equals("Flooded"))
                    .findFirst()
                    .orElseThrow();
            assertThat(flooded.attempts().failed()).isEqualTo(30_000);
            assertThat(flooded.queue().recipients()).isEqualTo(30_000);
            assertThat(flooded.failures()).hasSize(200);
            assertThat(flooded.unlisted()).isEqualTo(new ConnectorHealth.Unlisted(29_800, 29_800));
        }
    }

    private static Tape.Entry entry(int number, byte[] value) {
        byte[] key = switch (number % 3) {
            case 0 -> null;
            case 1 -> new byte[] {(byte) 0xC3, 0, (byte) 0xFF};
            default -> "key".getBytes(StandardCharsets.UTF_8);
        };
        return new Tape.Entry(number % Setup.SOURCES, key, value);
    }
}
