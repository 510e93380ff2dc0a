package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class FedTwiceEqualsOnceIT {

    /** Twelve hours are {@code 46,000} records: so many in a row span far less than the lateness bound. */
    private static final int SHUFFLED_RECORDS = 100;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("FED_TWICE_EQUALS_ONCE")
    void fedTwiceEqualsOnce() {
        Reference once = Reference.messyDay();
        Tape tape = once.tape();
        int size = tape.size();
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, Setup.embedded());
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            // Overlapping while it goes on, then all of it again, then again in disorder.
            List<Tape> feedings = List.of(
                    tape.first(size / 2),
                    tape.first(size * 2 / 3).from(size / 3),
                    tape.from(size / 2),
                    tape,
                    shuffled(tape));
            long fed = 0;
            for (Tape feeding : feedings) {
                try (Replay replay = run.replay(feeding)) {
                    replay.writeAll();
                }
                fed += feeding.events();
                outputs.awaitAccounted(fed);
            }
            assertThat(outputs.accounting().counted())
                    .as("events that count, however often they are fed")
                    .isEqualTo(once.accounting().counted());
            try (Replay end = run.replay(tape)) {
                end.end(once.end());
            }
            Outcome twice = outputs.awaitEnd(once.end());

            for (String topic :
                    List.of(Topics.CONNECTOR_FAILURES, Topics.CONNECTOR_HEALTH, Topics.ALERTS, Topics.ALERT_STATE)) {
                assertThat(twice.only(topic).differencesFrom(once.outcome().only(topic)))
                        .isEmpty();
            }
        }
    }

    private static Tape shuffled(Tape tape) {
        Random random = new Random(7);
        List<Tape.Entry> entries = new ArrayList<>(tape.entries());
        for (int start = 0; start < entries.size(); start += SHUFFLED_RECORDS) {
            Collections.shuffle(entries.subList(start, Math.min(entries.size(), start + SHUFFLED_RECORDS)), random);
        }
        return new Tape(entries, tape.partitions());
    }
}
