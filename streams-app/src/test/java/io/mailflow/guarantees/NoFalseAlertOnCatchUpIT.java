package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class NoFalseAlertOnCatchUpIT {

    /** Of twelve hours: a step is less than half an hour of mail. */
    private static final int STEPS = 30;

    private final Reference reference = Reference.messyDay();

    @TempDir
    private Path directory;

    @Test
    @DisplayName("NO_FALSE_ALERT_ON_CATCH_UP: stopped for hours and restarted")
    void noFalseAlertWhenStoppedForHours() {
        int third = reference.tape().size() / 3;
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, Setup.embedded());
                Replay replay = run.replay(reference.tape());
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            // As it goes in real time: each step is counted before the next one is there.
            for (int step = 1; step <= STEPS; step++) {
                replay.writeTo(third * step / STEPS);
                outputs.awaitAccounted(reference.tape().first(replay.written()).events());
            }
            run.stopProgram();
            replay.writeTo(2 * third);
            run.startProgram();
            replay.writeAll();
            replay.end(reference.end());

            assertThat(outputs.awaitEnd(reference.end()).differencesFrom(reference.outcome()))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("NO_FALSE_ALERT_ON_CATCH_UP: partitions read twelve hours apart")
    void noFalseAlertWhenPartitionsAreHoursApart() {
        Tape apart = reference.tape().partitionByPartition();
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, Setup.embedded());
                Replay replay = run.replay(apart);
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            for (int partition = 0; partition < apart.partitions(); partition++) {
                replay.writeTo(apart.endOf(partition));
                outputs.awaitAccounted(apart.first(replay.written()).events());
                if (partition < apart.partitions() - 1) {
                    assertThat(outputs.publications())
                            .as("while one partition has not begun, nothing is judged")
                            .isEmpty();
                }
            }
            replay.end(reference.end());

            assertThat(outputs.awaitEnd(reference.end()).differencesFrom(reference.outcome()))
                    .isEmpty();
        }
    }
}
